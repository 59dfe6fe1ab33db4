"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <Notice title="This page stumbled" level={1}>
      <p>Nothing of yours is lost. If it happens again, the address of the page helps to find out why.</p>
      <Button onClick={reset}>Try again</Button>
    </Notice>
  );
}
