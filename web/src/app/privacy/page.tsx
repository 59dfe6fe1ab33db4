import { PrivacyView } from "@/features/privacy/privacy-view";

export const metadata = { title: "Privacy" };

export default function Page() {
  return <PrivacyView />;
}
