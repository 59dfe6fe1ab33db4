"use client";

import { Switch as Radix } from "radix-ui";
import { useId } from "react";

interface Props {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** On or off, told by a word as well as by where the knob stands. */
export function Switch({ label, checked, disabled = false, onChange }: Props) {
  const id = useId();
  return (
    <div className="flex min-h-11 items-center gap-3">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="relative h-7 w-12 shrink-0 rounded-full border border-edge bg-wash transition-colors disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-5 translate-x-[3px] rounded-full bg-edge transition-transform data-[state=checked]:translate-x-[23px] data-[state=checked]:bg-on-accent" />
      </Radix.Root>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <span aria-hidden className="text-sm text-soft">
        {checked ? "on" : "off"}
      </span>
    </div>
  );
}
