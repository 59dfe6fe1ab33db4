import { ArrowLeft, ArrowUpRight, FileText } from "lucide-react";
import Link from "next/link";
import { BandScore } from "@/components/ui/band";
import { Button } from "@/components/ui/button";
import type { Match, PostingWithText } from "@/lib/api/client";
import { age, REMOTE_WORDS, salaryWords } from "@/lib/words";
import { BlockEmployer } from "./block-employer";

interface Props {
  posting: PostingWithText;
  match: Match | null;
  onBack: () => void;
}

export function JobHead({ posting, match, onBack }: Props) {
  return (
    <header className="flex flex-col gap-4 border-b px-5 pb-5 pt-3 md:px-8 md:pt-7">
      <Button look="quiet" className="-ml-4 self-start lg:hidden" onClick={onBack}>
        <ArrowLeft size={18} aria-hidden />
        All jobs
      </Button>
      <div className="flex items-start justify-between gap-6">
        <div className="min-w-0">
          <h2 tabIndex={-1} id="posting-title" className="font-serif text-[1.75rem] font-semibold leading-tight outline-none wrap-anywhere">
            {posting.title}
          </h2>
          <p className="mt-1.5 text-lg">{posting.company}</p>
        </div>
        {match ? <BandScore score={match.score} provisional={match.provisional} large /> : null}
      </div>
      <p className="text-soft">{particulars(posting).join("  ·  ")}</p>
      <div className="flex flex-wrap items-center gap-3">
        {match ? (
          <Button asChild look="primary">
            <Link href={`/documents/?posting=${posting.id}`}>
              <FileText size={17} aria-hidden />
              Write the CV and letter
            </Link>
          </Button>
        ) : null}
        {posting.url ? (
          <Button asChild>
            <a href={posting.url} target="_blank" rel="noreferrer noopener">
              {posting.attribution ?? `Open on ${host(posting.url)}`}
              <ArrowUpRight size={17} aria-hidden />
              <span className="sr-only">(new window)</span>
            </a>
          </Button>
        ) : null}
        <BlockEmployer company={posting.company} match={match} />
      </div>
    </header>
  );
}

const CLOSED = {
  gone: "closed",
  unseen: "aged out, its feed shows it no longer,",
  ended: "past the day it was to stand, aged out",
} as const;

function particulars(posting: PostingWithText): string[] {
  const told = [
    posting.locations.join("; "),
    posting.remote ? REMOTE_WORDS[posting.remote] : null,
    salaryWords(posting.salary),
    posting.employment_type,
    posting.posted_at ? `posted ${age(posting.posted_at)}` : null,
    posting.closed_at ? `${CLOSED[posting.closed_reason ?? "gone"]} ${age(posting.closed_at)}` : null,
  ];
  return told.filter((one): one is string => Boolean(one));
}

function host(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return "the board";
  }
}
