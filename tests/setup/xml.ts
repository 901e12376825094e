import sax from "sax";

/** Reads XML strictly: throws where it is not well-formed. Answers each element's text and attributes in order. */
export function readXml(
  text: string,
): { name: string; text: string; attributes: Record<string, string> }[] {
  const parser = sax.parser(true);
  const all: ReturnType<typeof readXml> = [];
  const open: ReturnType<typeof readXml> = [];
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    const one = { name, text: "", attributes: attributes as Record<string, string> };
    all.push(one);
    open.push(one);
  };
  const add = (part: string) => {
    const one = open.at(-1);
    if (one) one.text += part;
  };
  parser.ontext = add;
  parser.oncdata = add;
  parser.onclosetag = () => open.pop();
  parser.write(text).close();
  return all;
}
