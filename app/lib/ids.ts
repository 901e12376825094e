const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text, such as a part of an address, has the shape of an id: only then is it asked for. */
export const isId = (text: string | undefined): text is string =>
  text !== undefined && UUID.test(text);
