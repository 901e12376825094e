import { useNavigation } from "@remix-run/react";
import {
  type InputHTMLAttributes,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";
import type { FormProblem } from "~/lib/form-problem";

export type { FormProblem };

/**
 * A summary on top of a form that links to each field in error. Renders nothing when all is well.
 * After a refusal it takes the focus, so that it is seen and read first. `labels`: what fields are called whose messages do not
 * say which they are.
 */
export function ErrorSummary(props: {
  problem: FormProblem | undefined;
  labels?: Readonly<Record<string, string>>;
}) {
  const { problem, labels } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) box.current?.focus();
  }, [problem]);
  if (!problem) return null;
  const fields = Object.entries(problem.fields);
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="mb-8 max-w-[68ch] border-l-4 border-loss bg-paper-2 p-4"
      data-testid="error-summary"
    >
      <h2 className="text-lg">{problem.message ?? "Something needs a change"}</h2>
      {fields.length > 0 ? (
        <ul className="mt-2 list-disc pl-5">
          {fields.map(([name, messages]) => (
            <li key={name}>
              <a href={`#${name}`} className="[overflow-wrap:anywhere]">
                {labels?.[name] ? `“${labels[name]}”: ` : ""}
                {inOne(messages)}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** What is wrong with a field, each thing once. */
const inOne = (messages: readonly string[]): string => [...new Set(messages)].join(" ");

type FieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  problem?: FormProblem | undefined;
  defaultValue?: string | undefined;
  type?: string;
  required?: boolean;
  autoComplete?: string;
  inputMode?: "text" | "decimal" | "numeric" | "email";
  /** Lines of a multi-line field; absent: one line. */
  rows?: number;
  options?: readonly { value: string; label: string }[];
  accept?: string;
  maxLength?: number;
  /** The largest file that is taken, in bytes: a larger one is put away again before it is sent. */
  mostBytes?: number;
};

const box = "mt-1 block w-full rounded-md border bg-paper px-3 py-2 text-base text-ink";

/** A labelled field with its hint and room for its error; keeps what was typed after a refusal. */
export function Field(props: FieldProps) {
  const { name, label, hint, problem, rows, options, type = "text" } = props;
  const errors = problem?.fields[name];
  const described = [hint ? `${name}-hint` : "", errors ? `${name}-error` : ""]
    .filter(Boolean)
    .join(" ");
  const common = {
    id: name,
    name,
    required: props.required,
    maxLength: props.maxLength,
    "aria-invalid": errors ? true : undefined,
    "aria-describedby": described || undefined,
    defaultValue: type === "file" ? undefined : (problem?.values[name] ?? props.defaultValue),
    className: `${box} ${errors ? "border-loss" : "border-ink-soft"}`,
  };
  return (
    <div className="mb-4 max-w-xl">
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      {hint ? (
        <div id={`${name}-hint`} className="text-sm text-ink-soft">
          {hint}
        </div>
      ) : null}
      {options ? (
        <select {...common}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : rows ? (
        <textarea {...common} rows={rows} />
      ) : type === "file" ? (
        <FileInput {...common} accept={props.accept} mostBytes={props.mostBytes} />
      ) : (
        <input
          {...common}
          type={type}
          autoComplete={props.autoComplete}
          inputMode={props.inputMode}
        />
      )}
      <p id={`${name}-error`} className="mt-1 min-h-5 text-sm font-semibold text-loss">
        {errors ? inOne(errors) : ""}
      </p>
    </div>
  );
}

const MEBIBYTE = 1_048_576;

/** Where a file is chosen. What is too large for the server to read would cost all else that the form holds. */
function FileInput({
  mostBytes = Number.POSITIVE_INFINITY,
  ...input
}: InputHTMLAttributes<HTMLInputElement> & { mostBytes?: number | undefined }) {
  const [tooLarge, setTooLarge] = useState("");
  return (
    <>
      <input
        {...input}
        type="file"
        onChange={({ currentTarget: field }) => {
          const file = field.files?.[0];
          const fits = !file || file.size <= mostBytes;
          setTooLarge(fits ? "" : file.name);
          if (!fits) field.value = "";
        }}
      />
      {tooLarge ? (
        <p role="alert" className="mt-1 font-semibold text-loss text-sm [overflow-wrap:anywhere]">
          “{tooLarge}” is larger than {Math.floor(mostBytes / MEBIBYTE)} MB, so it is not taken.
          Choose a smaller file.
        </p>
      ) : null}
    </>
  );
}

/** A tick box with its sentence, for consents. */
export function Checkbox({
  name,
  label,
  problem,
  defaultChecked = false,
}: {
  name: string;
  label: ReactNode;
  problem?: FormProblem | undefined;
  defaultChecked?: boolean;
}) {
  const errors = problem?.fields[name];
  const ticked = problem ? problem.values[name] === "yes" : defaultChecked;
  return (
    <div className="mb-4 max-w-xl">
      <div className="flex gap-3">
        <input
          id={name}
          name={name}
          type="checkbox"
          value="yes"
          defaultChecked={ticked}
          aria-invalid={errors ? true : undefined}
          aria-describedby={errors ? `${name}-error` : undefined}
          className="mt-1 size-5 shrink-0"
        />
        <label htmlFor={name}>{label}</label>
      </div>
      <p id={`${name}-error`} className="mt-1 min-h-5 text-sm font-semibold text-loss">
        {errors ? inOne(errors) : ""}
      </p>
    </div>
  );
}

/** A choice of one, as radio buttons under a legend. */
export function Choice(props: {
  name: string;
  legend: string;
  options: readonly { value: string; label: ReactNode }[];
  problem?: FormProblem | undefined;
  defaultValue?: string;
}) {
  const { name, legend, options, problem } = props;
  const errors = problem?.fields[name];
  const chosen = problem?.values[name] ?? props.defaultValue;
  return (
    <fieldset
      id={name}
      tabIndex={-1}
      className="mb-4 max-w-xl"
      aria-describedby={errors ? `${name}-error` : undefined}
    >
      <legend className="font-semibold">{legend}</legend>
      {options.map((option) => (
        <div key={option.value} className="mt-2 flex gap-3">
          <input
            id={`${name}-${option.value}`}
            name={name}
            type="radio"
            value={option.value}
            defaultChecked={chosen === option.value}
            className="mt-1 size-5 shrink-0"
          />
          <label htmlFor={`${name}-${option.value}`}>{option.label}</label>
        </div>
      ))}
      <p id={`${name}-error`} className="mt-1 min-h-5 text-sm font-semibold text-loss">
        {errors ? inOne(errors) : ""}
      </p>
    </fieldset>
  );
}

/** The hidden key that makes a form safe to send twice. */
export function IdempotencyKey({ value }: { value: string }) {
  return <input type="hidden" name="idempotencyKey" value={value} />;
}

/** The hidden path of this site to which a form of an account's page leads on. */
export function NextPath({ value }: { value: string | null }) {
  return value ? <input type="hidden" name="next" value={value} /> : null;
}

/**
 * A button that names its act. `kind` accent: the one action of a screen. With scripts it says that it was pressed until the
 * next page is there, and is not pressed twice; it keeps the focus meanwhile.
 */
export function Button(props: {
  children: ReactNode;
  kind?: "accent" | "plain" | "danger";
  name?: string;
  value?: string;
}) {
  const [pressed, setPressed] = useState(false);
  const idle = useNavigation().state === "idle";
  useEffect(() => {
    if (idle) setPressed(false);
  }, [idle]);
  const pending = pressed && !idle;
  const press = (event: MouseEvent) => {
    if (pending) event.preventDefault();
    else setPressed(true);
  };
  return (
    <ButtonLook
      kind={props.kind}
      pending={pending}
      onClick={press}
      name={props.name}
      value={props.value}
    >
      {props.children}
    </ButtonLook>
  );
}

/** How a button looks, pressed or not. */
export function ButtonLook({
  kind = "accent",
  pending = false,
  children,
  ...rest
}: {
  kind?: "accent" | "plain" | "danger" | undefined;
  pending?: boolean;
  children: ReactNode;
  type?: "submit" | "button";
  onClick?: (event: MouseEvent) => void;
  name?: string | undefined;
  value?: string | undefined;
}) {
  const kinds = {
    accent: "bg-accent text-accent-ink border-accent",
    plain: "bg-paper text-ink border-ink hover:bg-paper-2",
    danger: "bg-paper text-loss border-loss hover:bg-paper-2",
  };
  return (
    <button
      type="submit"
      {...rest}
      aria-disabled={pending || undefined}
      className={`min-h-11 rounded-md border px-4 py-2 font-semibold aria-disabled:cursor-progress aria-disabled:border-dashed ${kinds[kind]}`}
    >
      {children}
      {pending ? <span aria-hidden="true"> …</span> : null}
    </button>
  );
}
