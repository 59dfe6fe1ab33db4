import { ImportView } from "@/features/importing/import-view";

export const metadata = { title: "Import" };

export default function Page() {
  return <ImportView />;
}
