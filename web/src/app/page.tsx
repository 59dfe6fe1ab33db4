import { Suspense } from "react";
import { JobsView } from "@/features/jobs/jobs-view";

export const metadata = { title: "Jobs" };

export default function Page() {
  return (
    <Suspense>
      <JobsView />
    </Suspense>
  );
}
