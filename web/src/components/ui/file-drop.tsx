"use client";

import { FileInput } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { cn } from "@/lib/class-names";

export const MOST_MB = 25;

interface Props {
  /** Endings of files that can be chosen; anything can be dropped. */
  kinds: string;
  hint: string;
  /** Many files; the page has something else that comes first. */
  multiple?: boolean;
  /** Why a file is not taken, or "". */
  refused: (file: File) => string;
  onFiles: (files: File[]) => void;
}

/** Files, dropped or chosen, that are not refused; the reason for the first that is. */
export function FileDrop({ kinds, hint, multiple = false, refused, onFiles }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState("");
  const take = (files: FileList | null) => {
    const given = [...(files ?? [])].slice(0, multiple ? 50 : 1);
    if (given.length === 0) return;
    const good = given.filter((file) => !refused(file));
    setWrong(given.map(refused).find(Boolean) ?? "");
    if (good.length > 0) onFiles(good);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex flex-col items-center gap-4 rounded-[4px] border border-dashed border-edge px-6 text-center",
          multiple ? "py-8" : "py-14",
          over ? "bg-accent-wash" : "bg-sheet",
        )}
      >
        <FileInput size={28} strokeWidth={1.5} aria-hidden className="text-soft" />
        <p>{multiple ? "Drop files here, or" : "Drop a file here, or"}</p>
        <div>
          <input
            id={id}
            type="file"
            accept={kinds}
            multiple={multiple}
            className="peer sr-only"
            onChange={(event) => {
              take(event.target.files);
              event.target.value = "";
            }}
          />
          <label
            htmlFor={id}
            className={cn(
              "inline-flex min-h-11 items-center rounded-[3px] border px-4 font-medium",
              "peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent",
              multiple ? "border-edge hover:border-ink" : "border-accent bg-accent text-on-accent",
            )}
          >
            {multiple ? "Choose files" : "Choose a file"}
          </label>
        </div>
        <p className="max-w-[34ch] text-sm text-soft">{hint}</p>
      </div>
      {wrong ? (
        <p role="alert" className="mt-4 text-alarm">
          {wrong}
        </p>
      ) : null}
    </>
  );
}
