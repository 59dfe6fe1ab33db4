"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** What stands above every page. Pages as high as the window take its height off their own by `--bars`. */
export function Bars({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      document.documentElement.style.setProperty("--bars", `${element.offsetHeight}px`);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return <div ref={box}>{children}</div>;
}
