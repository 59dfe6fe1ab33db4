"use client";

import { SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { type RefObject, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { type Segment, Segments } from "@/components/ui/segments";
import { Sheet } from "@/components/ui/sheet";
import { count } from "@/lib/words";
import { FilterForm } from "./filter-form";
import { type Filters, filterCount } from "./filters";
import { WishForm } from "./wish-form";
import { type Wishes, wishCount } from "./wishes";

export type Order = "ranked" | "newest";

interface Props {
  order: Order;
  words: string;
  wishes: Wishes;
  filters: Filters;
  shown: number | null;
  search: RefObject<HTMLInputElement | null>;
  onOrder: (order: Order) => void;
  onWords: (words: string) => void;
  onWishes: (wishes: Wishes) => void;
  onFilters: (filters: Filters) => void;
}

const PAUSE_MS = 200;
const ORDERS: readonly Segment<Order>[] = [
  { value: "ranked", name: "Best for you" },
  { value: "newest", name: "All, newest" },
];

export function ListHead({ order, words, wishes, filters, shown, search, onOrder, onWords, onWishes, onFilters }: Props) {
  const [asking, setAsking] = useState(false);
  const ranked = order === "ranked";
  const chosen = ranked ? wishCount(wishes) : filterCount(filters);
  const applied = <V,>(apply: (wanted: V) => void) => (wanted: V) => {
    apply(wanted);
    setAsking(false);
  };
  return (
    <div className="flex flex-col gap-3 border-b px-5 pb-3 pt-5">
      <div className="flex items-baseline justify-between gap-4">
        <p aria-hidden className="font-serif text-2xl font-semibold">
          Jobs
        </p>
        <p role="status" className="text-sm text-soft">
          {shown === null ? "" : count(shown, "posting")}
        </p>
        {ranked ? (
          <Link
            href="/preferences/"
            prefetch={false}
            className="-my-3 ml-auto flex min-h-11 items-center text-sm text-soft underline decoration-rule underline-offset-4 hover:text-ink"
          >
            What counts
          </Link>
        ) : null}
      </div>
      <Search key={order} words={words} search={search} onWords={onWords} />
      <div className="flex items-center justify-between gap-2">
        <Segments
          label="Order"
          value={order}
          options={ORDERS}
          onChange={onOrder}
          className="flex gap-4"
          itemClassName="min-h-11 border-b-2 border-transparent text-sm text-soft hover:text-ink aria-pressed:border-ink aria-pressed:font-semibold aria-pressed:text-ink"
        />
        <Button look="quiet" className="-mr-4" onClick={() => setAsking(true)}>
          <SlidersHorizontal size={16} aria-hidden />
          {ranked ? "Wishes" : "Filters"}
          {chosen ? ` (${chosen})` : ""}
        </Button>
      </div>
      <Sheet open={asking} onClose={() => setAsking(false)} title={ranked ? "What you wish for" : "Which postings to list"}>
        {ranked ? (
          <WishForm wishes={wishes} onApply={applied(onWishes)} />
        ) : (
          <FilterForm filters={filters} onApply={applied(onFilters)} />
        )}
      </Sheet>
    </div>
  );
}

function Search({ words, search, onWords }: Pick<Props, "words" | "search" | "onWords">) {
  const [typed, setTyped] = useState(words);
  useEffect(() => {
    const wait = setTimeout(() => typed !== words && onWords(typed), PAUSE_MS);
    return () => clearTimeout(wait);
  }, [typed, words, onWords]);
  return (
    <input
      ref={search}
      type="search"
      aria-label="Search postings"
      placeholder="Search, or press /"
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
      }}
      className="min-h-11 w-full rounded-[3px] border border-edge bg-sheet px-3 placeholder:text-soft"
    />
  );
}
