/**
 * A failure that was to be expected: a taken port, a missing variable, a data directory in use. Its
 * message says what happened and what to do; commands print it alone, without a stack, and exit 1.
 */
export class PlainError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PlainError";
  }
}
