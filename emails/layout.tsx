import {
  Body,
  Button,
  Container,
  Head,
  Hr,
  Html,
  Link,
  Preview,
  Text,
} from "@react-email/components";
import type { ReactNode } from "react";

const ink = "#26211c";
const soft = "#5f574e";
const text = { color: ink, fontSize: "16px", lineHeight: "24px", margin: "0 0 16px" };

/**
 * The frame of every message: the name of the platform, the message, and why it came. `preview` is the line that
 * mailboxes show beside the subject; `stopPath` is where mail like this is stopped.
 */
export function Layout({
  preview,
  stopPath,
  children,
}: {
  preview: string;
  /** Where mail like this is stopped; absent for what always comes. */
  stopPath?: string;
  children: ReactNode;
}) {
  return (
    <Html lang="en">
      <Head />
      <Preview>{preview}</Preview>
      <Body
        style={{
          backgroundColor: "#fbf9f5",
          fontFamily: "Inter, Helvetica, Arial, sans-serif",
          margin: 0,
        }}
      >
        <Container style={{ maxWidth: "560px", padding: "32px 20px" }}>
          <Text
            style={{ ...text, fontFamily: "Georgia, serif", fontSize: "22px", lineHeight: "28px" }}
          >
            Belay
          </Text>
          {children}
          <Hr style={{ borderColor: "#dcd5ca", margin: "32px 0 16px" }} />
          <Text style={{ ...text, color: soft, fontSize: "14px", lineHeight: "20px" }}>
            You get this message because of something that happened with your account on Belay. We
            never ask for your password by mail.
            {stopPath ? (
              <>
                {" "}
                <Anchor path={stopPath}>Stop mail like this</Anchor>
              </>
            ) : null}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** A paragraph of a message. */
export function Paragraph({ children }: { children: ReactNode }) {
  return <Text style={text}>{children}</Text>;
}

/** The one thing to do. `path` is the prop that the renderer has made a full address. */
export function Action({ path, children }: { path: string; children: ReactNode }) {
  return (
    <Button
      href={path}
      style={{
        backgroundColor: "#b23a12",
        borderRadius: "6px",
        color: "#ffffff",
        fontSize: "16px",
        margin: "0 0 24px",
        padding: "12px 18px",
      }}
    >
      {children}
    </Button>
  );
}

/** A link within a sentence. */
export function Anchor({ path, children }: { path: string; children: ReactNode }) {
  return (
    <Link href={path} style={{ color: "#b23a12", textDecoration: "underline" }}>
      {children}
    </Link>
  );
}
