import { ApiProblem } from "@/lib/api/client";
import { Button } from "./button";
import { Notice } from "./notice";
import { ProblemList } from "./problem-list";
import { Told } from "./told";

/** A failed request in the server's words, with a way to try again. */
export function Problem({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const known = error instanceof ApiProblem ? error : null;
  return (
    <Notice title={known?.title ?? "Something went wrong"}>
      <p role="alert">
        <Told words={known?.detail ?? error.message} />
      </p>
      <ProblemList of={known} />
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </Notice>
  );
}
