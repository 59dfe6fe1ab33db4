import { Section } from "@/components/ui/section";
import type { Documents } from "@/lib/api/client";
import { count } from "@/lib/words";

/** What of the CV did not make it onto the page, and why. */
export function LeftOut({ items }: { items: Documents["left_out"] }) {
  if (items.length === 0) return null;
  return (
    <Section title="Left out, and why" note={count(items.length, "line")}>
      <ul>
        {items.map((one, index) => (
          <li key={index} className="border-b py-2.5">
            <p className="wrap-anywhere">{one.text}</p>
            <p className="text-sm text-soft wrap-anywhere">{one.reason}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
