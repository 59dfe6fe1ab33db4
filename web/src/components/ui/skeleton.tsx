import { cn } from "@/lib/class-names";

/** Grey lines where text will stand. */
export function Skeleton({ rows = 3, label, className }: { rows?: number; label: string; className?: string }) {
  return (
    <div role="status" aria-label={label} className={cn("flex flex-col gap-3", className)}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={cn("h-4 animate-pulse rounded-[2px] bg-wash", index % 3 === 2 ? "w-2/3" : "w-full")} />
      ))}
    </div>
  );
}
