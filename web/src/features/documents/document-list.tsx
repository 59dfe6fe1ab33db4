"use client";

import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { Problem } from "@/components/ui/problem";
import { Skeleton } from "@/components/ui/skeleton";
import { DOCUMENTS } from "@/lib/leads";
import { day } from "@/lib/words";
import { useDocumentList } from "./use-documents";

export function DocumentList() {
  const asked = useDocumentList();
  if (asked.error && !asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />;
  if (asked.isPending) return <Skeleton label="Loading documents" rows={8} className="px-8 py-10" />;
  if (asked.data.items.length === 0) return <None />;
  return (
    <div className="mx-auto max-w-3xl px-5 py-6 md:px-8 md:py-8">
      <h1 className="font-serif text-2xl font-semibold">{DOCUMENTS.title}</h1>
      <p className="mb-6 mt-2 max-w-[62ch] text-soft">{DOCUMENTS.lead}</p>
      <ul className="border-t border-ink">
        {asked.data.items.map((one) => (
          <li key={one.id} className="border-b">
            <Link
              href={`/documents/?document=${one.id}`}
              className="grid gap-x-6 px-1 py-3.5 no-underline hover:bg-wash sm:grid-cols-[minmax(0,1fr)_auto]"
            >
              <span className="font-semibold wrap-anywhere sm:truncate">{one.title}</span>
              <span className="order-last text-sm text-soft sm:order-none sm:text-right">{day(one.created_at)}</span>
              <span className="text-sm wrap-anywhere sm:truncate">{one.company}</span>
              <span className="text-sm text-soft sm:text-right">
                {one.template}, machines read back {one.score} of 100
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function None() {
  return (
    <Notice title="No documents yet" level={1}>
      <p>Choose a posting; jobbot then writes a one-page CV and a letter for it, and shows the fact behind every line.</p>
      <p>
        <Link href="/" className="underline underline-offset-4">
          Go to your jobs
        </Link>
      </p>
    </Notice>
  );
}
