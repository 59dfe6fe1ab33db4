"use client";

import { type Virtualizer, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";

interface Wanted {
  count: number;
  /** Of one row, in pixels. */
  height: number;
  /** What is in sight before the frame has been measured. */
  sight: { width: number; height: number };
  /** Called when the end comes near; null where nothing is left to fetch. */
  onEnd: (() => void) | null;
}

interface Window {
  frame: RefObject<HTMLDivElement | null>;
  virtual: Virtualizer<HTMLDivElement, Element>;
}

/** The rows of a long list that are in sight, a few more around them, and word when the end comes near. */
export function useWindow({ count, height, sight, onEnd }: Wanted): Window {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 6,
    initialRect: sight,
  });
  const last = virtual.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && last >= count - 10) onEnd();
  }, [last, count, onEnd]);
  return { frame, virtual };
}
