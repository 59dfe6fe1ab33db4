"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Bars } from "./bars";
import { ConnectionBanner } from "./connection-banner";
import { KeyHelp } from "./key-help";
import { More } from "./more";
import { Navigation } from "./navigation";
import { PLACES } from "./places";

const fetchCommandBar = () => import("./command-bar").then((module) => module.CommandBar);
const CommandBar = dynamic(fetchCommandBar, { ssr: false });

interface Props {
  /** Stands above every page. */
  above: ReactNode;
  children: ReactNode;
}

/** Navigation beside (on a phone: below) the page, the command bar and the keys that work everywhere. */
export function Shell({ above, children }: Props) {
  const router = useRouter();
  const [commands, setCommands] = useState<"unused" | "open" | "closed">("unused");
  const [help, setHelp] = useState(false);
  const [more, setMore] = useState(false);
  useCommandKey(() => setCommands("open"));
  useOnceTouched(() => void fetchCommandBar());
  useKeys({
    "?": () => setHelp(true),
    ...Object.fromEntries(PLACES.map((place) => [place.key, () => router.push(place.href)])),
  });
  return (
    <div className="flex min-h-dvh flex-col md:grid md:grid-cols-[12.5rem_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:fixed focus:left-2 focus:top-2 focus:z-20 focus:bg-sheet focus:px-4 focus:py-3"
      >
        Skip to the page
      </a>
      <Navigation onCommands={() => setCommands("open")} onHelp={() => setHelp(true)} onMore={() => setMore(true)} />
      <main id="page" tabIndex={-1} className="min-w-0 flex-1 wrap-anywhere pb-20 outline-none md:pb-0">
        <Bars>
          <ConnectionBanner />
          {above}
        </Bars>
        {children}
      </main>
      {commands === "unused" ? null : (
        <CommandBar open={commands === "open"} onClose={() => setCommands("closed")} onHelp={() => setHelp(true)} />
      )}
      <More open={more} onClose={() => setMore(false)} onCommands={() => setCommands("open")} />
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function useCommandKey(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
}

/** Somebody is here: what they may ask for next is fetched, so that the first letters they type find it. */
function useOnceTouched(act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    const moments = ["pointermove", "pointerdown", "keydown"] as const;
    const touched = () => {
      for (const moment of moments) window.removeEventListener(moment, touched);
      latest.current();
    };
    for (const moment of moments) window.addEventListener(moment, touched, { passive: true });
    return () => {
      for (const moment of moments) window.removeEventListener(moment, touched);
    };
  }, []);
}
