import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

type Look = "primary" | "plain" | "quiet";

const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-on-accent border border-accent hover:opacity-90",
  plain: "bg-sheet border border-edge hover:border-ink",
  quiet: "border border-transparent hover:bg-wash",
};

interface Props extends ComponentProps<"button"> {
  look?: Look;
  asChild?: boolean;
}

export function Button({ look = "plain", asChild = false, className, ...rest }: Props) {
  const Tag = asChild ? Slot.Root : "button";
  const kind = asChild ? {} : { type: "button" as const };
  return (
    <Tag
      {...kind}
      className={cn(
        "inline-flex min-h-11 items-center justify-center gap-2 rounded-[3px] px-4 text-[0.9375rem] font-medium",
        "no-underline transition-colors disabled:opacity-55",
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}
