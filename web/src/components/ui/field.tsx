import type { ComponentProps } from "react";
import { useId } from "react";
import { cn } from "@/lib/class-names";

const BOX = "min-h-11 w-full rounded-[3px] border border-edge bg-sheet px-3 text-ink placeholder:text-soft";

interface FieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string;
}

export function Field({ label, hint, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className={cn("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input id={id} className={BOX} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

export function Check({ label, ...rest }: ComponentProps<"input"> & { label: string }) {
  const id = useId();
  return (
    <div className="flex min-h-11 items-center gap-3">
      <input id={id} type="checkbox" className="size-5 accent-[var(--accent)]" {...rest} />
      <label htmlFor={id} className="flex min-h-11 items-center">
        {label}
      </label>
    </div>
  );
}

type Options = readonly (readonly [value: string, name: string])[];

interface ChoiceProps extends ComponentProps<"select"> {
  label: string;
  options?: Options;
  /** Options under headings; a group without any is left out. */
  groups?: readonly { name: string; options: Options }[];
}

export function Choice({ label, options = [], groups = [], className, ...rest }: ChoiceProps) {
  const id = useId();
  return (
    <div className={cn("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select id={id} className={BOX} {...rest}>
        {listed(options)}
        {groups
          .filter((group) => group.options.length > 0)
          .map((group) => (
            <optgroup key={group.name} label={group.name}>
              {listed(group.options)}
            </optgroup>
          ))}
      </select>
    </div>
  );
}

function listed(options: Options) {
  return options.map(([value, name]) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));
}
