import { SourcesView } from "@/features/sources/sources-view";

export const metadata = { title: "Sources" };

export default function Page() {
  return <SourcesView />;
}
