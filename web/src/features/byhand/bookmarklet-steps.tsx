"use client";

import { Bookmark } from "lucide-react";
import { useState } from "react";
import { Copy } from "@/components/ui/copy";
import { bookmarklet } from "@/lib/bookmarklet";

const BUTTON =
  "inline-flex min-h-11 cursor-grab items-center gap-2 rounded-[3px] border border-edge bg-sheet px-4 text-[0.9375rem] font-medium no-underline hover:border-ink";

/** A bookmark that brings the page one looks at, and how to get it into the browser. */
export function BookmarkletSteps() {
  const [told, setTold] = useState(false);
  const code = bookmarklet(window.location.origin);
  // React keeps programs out of links, rightly; this one is a bookmark to be dragged away, and here it never runs.
  const address = (link: HTMLAnchorElement | null) => link?.setAttribute("href", code);
  return (
    <ol className="flex list-decimal flex-col gap-4 pl-5">
      <li>
        <p>Drag this to the bookmarks bar of your browser:</p>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
          <a
            ref={address}
            className={BUTTON}
            draggable
            onClick={(event) => {
              event.preventDefault();
              setTold(true);
            }}
          >
            <Bookmark size={17} aria-hidden />
            Save to jobbot
          </a>
          <span role="status" className="text-sm text-soft">
            {told ? "It works from the bookmarks bar: drag it there." : ""}
          </span>
        </p>
        <p className="mt-2 text-sm text-soft">
          Without a mouse: add any bookmark, and put this in place of its address.
        </p>
        <p className="text-sm">
          <Copy text={code} name="the bookmark's address" />
        </p>
      </li>
      <li>On the page of a posting, choose that bookmark. Where the page shows much besides, select the posting's text first.</li>
      <li>jobbot opens beside it with what was read. Correct it, and save.</li>
    </ol>
  );
}
