/** Words of the server: what stands in backticks is a command or a name. */
export function Told({ words }: { words: string }) {
  return words.split("`").map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      <code key={index} className="rounded-[2px] bg-wash px-1 text-ink">
        {piece}
      </code>
    ),
  );
}
