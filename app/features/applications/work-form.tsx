import { Form } from "@remix-run/react";
import { Button, Checkbox, Field, type FormProblem, IdempotencyKey } from "~/components/ui/form";
import { FileLink } from "./answers";
import { FILE_HINT, FILE_MAX_BYTES } from "./limits";
import type { Work } from "./works-queries.server";

/** The form of one work of a collection, new or kept. */
export function WorkForm(props: {
  work: Work | null;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { work, problem } = props;
  return (
    <Form method="post" encType="multipart/form-data" noValidate>
      <IdempotencyKey value={props.idempotencyKey} />
      <input type="hidden" name="intent" value="keep" />
      <Field
        name="title"
        label="Title"
        maxLength={120}
        defaultValue={work?.title}
        problem={problem}
      />
      <Field
        name="description"
        label="What it is, and what you did in it"
        hint="May stay empty."
        rows={5}
        defaultValue={work?.description}
        problem={problem}
      />
      <Field
        name="url"
        label="Address"
        hint="Where it can be seen, such as https://example.org. May stay empty."
        type="url"
        defaultValue={work?.url}
        problem={problem}
      />
      {work?.file ? (
        <div className="mb-4">
          <p className="[overflow-wrap:anywhere]">
            Its file: <FileLink file={work.file} />
          </p>
          <Checkbox name="dropFile" label="Take this file away" problem={problem} />
        </div>
      ) : null}
      <Field
        name="file"
        label={work?.file ? "Another file instead" : "File"}
        hint={`${FILE_HINT} May stay empty.`}
        type="file"
        mostBytes={FILE_MAX_BYTES}
        problem={problem}
      />
      <Button>{work ? "Save the work" : "Add the work"}</Button>
    </Form>
  );
}
