import type { ApiProblem } from "@/lib/api/client";

/** What is wrong in particular, each with what would be right; nothing where the server named nothing. */
export function ProblemList({ of }: { of: ApiProblem | null }) {
  if (of === null || of.errors.length === 0) return null;
  return (
    <ul className="list-disc pl-5">
      {of.errors.map((one) => (
        <li key={`${one.pointer}${one.problem}`}>
          {one.problem}
          {one.fix ? `: ${one.fix}` : ""}
        </li>
      ))}
    </ul>
  );
}
