import type { ReactNode } from "react";

export interface Segment<V extends string> {
  value: V;
  name: string;
  icon?: ReactNode;
}

interface Props<V extends string> {
  label: string;
  value: V;
  options: readonly Segment<V>[];
  onChange: (value: V) => void;
  className?: string;
  itemClassName?: string;
}

/** One of a few: buttons that tell which of them is pressed. With an icon the name is for screen readers and the hint. */
export function Segments<V extends string>({ label, value, options, onChange, className, itemClassName }: Props<V>) {
  return (
    <div role="group" aria-label={label} className={className}>
      {options.map((one) => (
        <button
          key={one.value}
          type="button"
          aria-pressed={one.value === value}
          aria-label={one.icon ? one.name : undefined}
          title={one.icon ? one.name : undefined}
          onClick={() => onChange(one.value)}
          className={itemClassName}
        >
          {one.icon ?? one.name}
        </button>
      ))}
    </div>
  );
}
