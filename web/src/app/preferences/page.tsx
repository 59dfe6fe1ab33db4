import { PreferencesView } from "@/features/preferences/preferences-view";

export const metadata = { title: "What counts" };

export default function Page() {
  return <PreferencesView />;
}
