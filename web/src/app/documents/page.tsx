import { Suspense } from "react";
import { DocumentsView } from "@/features/documents/documents-view";

export const metadata = { title: "Documents" };

export default function Page() {
  return (
    <Suspense>
      <DocumentsView />
    </Suspense>
  );
}
