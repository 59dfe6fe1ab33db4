import { ApiProblem } from "@/lib/api/client";
import { ProblemList } from "./problem-list";
import { Told } from "./told";
import { moment } from "@/lib/words";

/** A failed action in the server's words, beside what was tried: what is wrong, how to put it right, when it may go again. */
export function ProblemLine({ error }: { error: Error }) {
  const known = error instanceof ApiProblem ? error : null;
  return (
    <div role="alert" className="border-l-2 border-alarm py-1 pl-4">
      <p className="font-semibold text-alarm">{known?.title ?? "Something went wrong"}</p>
      <p className="wrap-anywhere"><Told words={known?.detail ?? error.message} /></p>
      <ProblemList of={known} />
      {known?.retryAt ? <p className="text-soft">It may be tried again from {moment(known.retryAt)}.</p> : null}
    </div>
  );
}
