"use client";

import { SlidersHorizontal } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { type Segment, Segments } from "@/components/ui/segments";
import { Sheet } from "@/components/ui/sheet";
import { count } from "@/lib/words";
import { WishForm } from "./wish-form";
import { type Wishes, wishCount } from "./wishes";

export type Order = "ranked" | "newest";

interface Props {
  order: Order;
  words: string;
  wishes: Wishes;
  shown: number | null;
  search: RefObject<HTMLInputElement | null>;
  onOrder: (order: Order) => void;
  onWords: (words: string) => void;
  onWishes: (wishes: Wishes) => void;
}

const PAUSE_MS = 200;
const ORDERS: readonly Segment<Order>[] = [
  { value: "ranked", name: "Best for you" },
  { value: "newest", name: "All, newest" },
];

export function ListHead({ order, words, wishes, shown, search, onOrder, onWords, onWishes }: Props) {
  const [asking, setAsking] = useState(false);
  const wished = wishCount(wishes);
  return (
    <div className="flex flex-col gap-3 border-b px-5 pb-3 pt-5">
      <div className="flex items-baseline justify-between">
        <p aria-hidden className="font-serif text-2xl font-semibold">
          Jobs
        </p>
        <p role="status" className="text-sm text-soft">
          {shown === null ? "" : count(shown, "posting")}
        </p>
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
        {order === "ranked" ? (
          <Button look="quiet" className="-mr-4" onClick={() => setAsking(true)}>
            <SlidersHorizontal size={16} aria-hidden />
            Wishes{wished ? ` (${wished})` : ""}
          </Button>
        ) : null}
      </div>
      <Sheet open={asking} onClose={() => setAsking(false)} title="What you wish for">
        <WishForm
          wishes={wishes}
          onApply={(wanted) => {
            onWishes(wanted);
            setAsking(false);
          }}
        />
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
