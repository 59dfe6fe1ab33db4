import type { ComponentProps } from "react";
import { useId } from "react";
import { cn } from "@/lib/class-names";

interface Props extends ComponentProps<"textarea"> {
  label: string;
  hint?: string;
}

export function TextArea({ label, hint, className, ...rest }: Props) {
  const id = useId();
  return (
    <div className={cn("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        className="min-h-11 w-full rounded-[3px] border border-edge bg-sheet px-3 py-2 leading-relaxed text-ink placeholder:text-soft"
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
      />
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
