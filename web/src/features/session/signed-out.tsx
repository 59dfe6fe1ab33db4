"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SESSION_KEY } from "@/lib/api/query-client";
import { openSession, tokenOf } from "./open-session";

/** How to get back in. A link opened in another window counts here too: both share one cookie. */
export function SignedOut() {
  const client = useQueryClient();
  useEffect(() => {
    const look = () => void openSession().then((session) => session && client.setQueryData(SESSION_KEY, session), () => undefined);
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [client]);
  return (
    <Notice title="This window has no session" level={1}>
      <p>
        A session opens with a link that works once. It may have been used already, or the session has ended. Your data
        is where it was.
      </p>
      <p>
        Start jobbot again and open the link that it prints:
        <code className="mt-2 block rounded-[3px] bg-wash px-3 py-2 text-ink">jobbot serve</code>
      </p>
      <LinkForm />
    </Notice>
  );
}

function LinkForm() {
  const client = useQueryClient();
  const [link, setLink] = useState("");
  const [wrong, setWrong] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const token = tokenOf(link);
    if (!token) return setWrong("This is no link of jobbot: it ends with #token= and letters.");
    try {
      const session = await openSession(token);
      setWrong(session ? "" : "This link was used already, or it is too old. Each start of jobbot serve prints a new one.");
      if (session) client.setQueryData(SESSION_KEY, session);
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-2 flex w-full flex-col items-start gap-3 text-ink">
      <Field
        label="Or paste the link here"
        className="w-full"
        autoComplete="off"
        spellCheck={false}
        value={link}
        onChange={(event) => setLink(event.target.value)}
      />
      {wrong ? (
        <p role="alert" className="text-alarm">
          {wrong}
        </p>
      ) : null}
      <Button type="submit" look="primary">
        Open the session
      </Button>
    </form>
  );
}
