"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/lib/class-names";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  className?: string;
  hideTitle?: boolean;
}

/** A modal dialog: the browser's own, so that focus, Escape and the page behind it need no code of ours. */
export function Sheet({ open, onClose, title, children, className, hideTitle = false }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    if (open && !element.open) {
      element.showModal();
      element.querySelector<HTMLElement>("input, select, textarea")?.focus();
    }
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={box}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === box.current) onClose();
      }}
      className={cn("w-[min(36rem,calc(100vw-2rem))] rounded-[4px] border border-edge bg-sheet p-0", className)}
    >
      <div className={hideTitle ? "" : "p-6"}>
        {hideTitle ? null : <h2 className="mb-4 font-serif text-xl">{title}</h2>}
        {open ? children : null}
      </div>
    </dialog>
  );
}

/** The way out for a pointer; Escape does the same. */
export function CloseRow() {
  return (
    <form method="dialog" className="mt-6">
      <button type="submit" className="min-h-11 rounded-[3px] border border-edge px-4">
        Close
      </button>
    </form>
  );
}
