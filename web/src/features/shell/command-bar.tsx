"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { Sheet } from "@/components/ui/sheet";
import { answered, api } from "@/lib/api/client";
import { useAirplane, useSettings } from "@/lib/settings";
import { setTheme } from "@/lib/theme";
import { PLACES } from "./places";

interface Props {
  open: boolean;
  onClose: () => void;
  onHelp: () => void;
}

const ITEM =
  "flex min-h-11 cursor-pointer items-center gap-3 px-5 data-[selected=true]:bg-accent-wash [&_small]:text-soft";

/** Pages, actions and every stored posting by its words. */
export function CommandBar({ open, onClose, onHelp }: Props) {
  return (
    <Sheet open={open} onClose={onClose} title="Commands" hideTitle className="mt-[12vh] mb-auto">
      <Commands onClose={onClose} onHelp={onHelp} />
    </Sheet>
  );
}

function Commands({ onClose, onHelp }: Omit<Props, "open">) {
  const router = useRouter();
  const [words, setWords] = useState("");
  const found = usePostings(useDeferredValue(words.trim()));
  const run = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Command label="Commands" shouldFilter={false} className="flex flex-col">
      <Command.Input
        value={words}
        onValueChange={setWords}
        placeholder="A page, an action, or words of a posting"
        className="min-h-14 w-full border-b bg-transparent px-5 text-base outline-none placeholder:text-soft"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto py-2">
        <Command.Empty className="px-5 py-4 text-soft">Nothing has these words.</Command.Empty>
        {ACTIONS.filter((one) => matches(one.name, words)).map((one) => (
          <Command.Item key={one.name} value={one.name} onSelect={run(() => one.act({ router, onHelp }))} className={ITEM}>
            {one.name}
          </Command.Item>
        ))}
        <AirplaneItem words={words} run={run} />
        {found.map((posting) => (
          <Command.Item
            key={posting.id}
            value={posting.id}
            onSelect={run(() => router.push(`/?posting=${posting.id}`))}
            className={ITEM}
          >
            <span className="truncate">{posting.title}</span>
            <small className="ml-auto shrink-0 text-sm">
              {[posting.company, posting.found_by === "meaning" ? "near in meaning" : ""].filter(Boolean).join(" · ")}
            </small>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

/** The airplane switch; where the configuration holds it on there is nothing to choose. */
function AirplaneItem({ words, run }: { words: string; run: (act: () => void) => () => void }) {
  const settings = useSettings();
  const set = useAirplane();
  if (!settings.data || settings.data.offline_fixed) return null;
  const { offline } = settings.data;
  const name = offline ? "Airplane mode off" : "Airplane mode on: nothing leaves this machine";
  if (!matches(name, words)) return null;
  return (
    <Command.Item value={name} onSelect={run(() => set.mutate(!offline))} className={ITEM}>
      {name}
    </Command.Item>
  );
}

interface Hands {
  router: ReturnType<typeof useRouter>;
  onHelp: () => void;
}

const ACTIONS: readonly { name: string; act: (hands: Hands) => void }[] = [
  ...PLACES.map((place) => ({ name: `Go to ${place.name}`, act: ({ router }: Hands) => router.push(place.href) })),
  { name: "Import a CV", act: ({ router }) => router.push("/import/") },
  { name: "What counts: weights, employers, words to avoid", act: ({ router }) => router.push("/preferences/") },
  { name: "Save a posting by hand", act: ({ router }) => router.push("/save/") },
  { name: "Show the keys", act: ({ onHelp }) => onHelp() },
  { name: "Light theme", act: () => setTheme("light") },
  { name: "Dark theme", act: () => setTheme("dark") },
  { name: "Theme as the system", act: () => setTheme("system") },
];

function matches(name: string, words: string): boolean {
  const low = name.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word));
}

function usePostings(words: string) {
  const asked = useQuery({
    queryKey: ["search", words],
    enabled: words.length > 1,
    queryFn: ({ signal }) =>
      answered(api.GET("/api/v1/search", { params: { query: { q: words.slice(0, 200), limit: 8 } }, signal })),
  });
  return words.length > 1 ? (asked.data?.items ?? []) : [];
}
