import { ApiProblem } from "@/lib/api/client";
import { Button } from "./button";
import { Notice } from "./notice";
import { Told } from "./told";

/** A failed request in the server's words, with a way to try again. */
export function Problem({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const known = error instanceof ApiProblem ? error : null;
  return (
    <Notice title={known?.title ?? "Something went wrong"}>
      <p role="alert">
        <Told words={known?.detail ?? error.message} />
      </p>
      {known && known.errors.length > 0 ? (
        <ul className="list-disc pl-5">
          {known.errors.map((one) => (
            <li key={`${one.pointer}${one.problem}`}>
              {one.problem}
              {one.fix ? `: ${one.fix}` : ""}
            </li>
          ))}
        </ul>
      ) : null}
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </Notice>
  );
}
