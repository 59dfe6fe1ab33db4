"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { type Segment, Segments } from "@/components/ui/segments";
import { setTheme, useTheme, type Wish } from "@/lib/theme";

const CHOICES: readonly Segment<Wish>[] = [
  { value: "light", name: "Light theme", icon: <Sun size={16} aria-hidden /> },
  { value: "dark", name: "Dark theme", icon: <Moon size={16} aria-hidden /> },
  { value: "system", name: "Theme as the system", icon: <Monitor size={16} aria-hidden /> },
];

export function ThemeChoice() {
  return (
    <Segments
      label="Theme"
      value={useTheme()}
      options={CHOICES}
      onChange={setTheme}
      className="mt-1 grid grid-cols-3 rounded-[3px] border"
      itemClassName="flex min-h-11 items-center justify-center text-soft hover:text-ink aria-pressed:bg-wash aria-pressed:text-ink"
    />
  );
}
