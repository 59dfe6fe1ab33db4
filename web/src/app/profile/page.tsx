import { ImportView } from "@/features/importing/import-view";
import { ProfileView } from "@/features/profile/profile-view";

export const metadata = { title: "Your CV" };

export default function Page() {
  return <ProfileView empty={<ImportView />} />;
}
