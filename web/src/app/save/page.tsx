import { SaveView } from "@/features/byhand/save-view";

export const metadata = { title: "Save a posting" };

export default function Page() {
  return <SaveView />;
}
