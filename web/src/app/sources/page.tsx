import { SourcesView } from "@/features/sources/sources-view";
import { TaxonomyCard } from "@/features/taxonomy/taxonomy-card";

export const metadata = { title: "Sources" };

export default function Page() {
  return <SourcesView more={<TaxonomyCard />} />;
}
