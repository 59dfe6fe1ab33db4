"use client";

import { Plane } from "lucide-react";
import Link from "next/link";
import { useHasSession } from "@/lib/session";
import { useSettings } from "@/lib/settings";

/** Shown only while the switch is on: nothing leaves this machine. */
export function AirplaneState() {
  return useHasSession() ? <State /> : null;
}

function State() {
  const settings = useSettings();
  if (!settings.data?.offline) return null;
  return (
    <Link
      href="/privacy/"
      className="flex min-h-11 items-center gap-3 rounded-[3px] border border-possible bg-partly px-3 text-sm font-medium no-underline"
    >
      <Plane size={17} aria-hidden />
      Airplane mode
    </Link>
  );
}
