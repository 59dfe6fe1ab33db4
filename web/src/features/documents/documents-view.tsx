"use client";

import { useCallback } from "react";
import { Problem } from "@/components/ui/problem";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrlState } from "@/lib/url-state";
import { DocumentList } from "./document-list";
import { DocumentSet } from "./document-set";
import { useDocuments } from "./use-documents";
import { WriteFor } from "./write-for";

/** `?document=ID` shows a set, `?posting=ID` writes for a posting, neither lists all sets. */
export function DocumentsView() {
  const [params, change] = useUrlState();
  const document = params.get("document");
  const posting = params.get("posting");
  const open = useCallback((id: string) => change({ document: id, posting: null }, "push"), [change]);
  if (document) return <One key={document} id={document} onAgain={(id) => change({ document: null, posting: id }, "push")} />;
  if (posting) return <WriteFor key={posting} posting={posting} onWritten={open} />;
  return <DocumentList />;
}

function One({ id, onAgain }: { id: string; onAgain: (posting: string) => void }) {
  const asked = useDocuments(id);
  if (asked.error && !asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />;
  if (!asked.data) return <Skeleton label="Loading the documents" rows={10} className="px-8 py-10" />;
  return <DocumentSet set={asked.data} onAgain={() => onAgain(asked.data.posting_id)} />;
}
