import type { PostingWithText } from "@/lib/api/client";
import { count } from "@/lib/words";

type Diff = NonNullable<PostingWithText["changes"][number]["text"]>;

/** Two versions of a text in one: what went is struck through, what came is underlined, what stayed far off is left out. */
export function TextDiff({ text }: { text: Diff }) {
  return (
    <figure className="mt-2">
      <figcaption className="text-soft">
        Text: {count(text.added, "line")} added, {count(text.removed, "line")} taken away
      </figcaption>
      <p className="mt-1 border-l-2 pl-3 leading-relaxed whitespace-pre-line wrap-anywhere">
        {text.diff.map((piece, index) => (
          <Piece key={index} op={piece.op} text={piece.text} />
        ))}
      </p>
    </figure>
  );
}

function Piece({ op, text }: Diff["diff"][number]) {
  if (op === "gap") return <span className="text-soft"> … </span>;
  if (op === "added") return <ins>{text}</ins>;
  if (op === "removed") return <del>{text}</del>;
  return <span className="text-soft">{text}</span>;
}
