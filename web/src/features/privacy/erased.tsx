"use client";

import { Button } from "@/components/ui/button";
import type { Schemas } from "@/lib/api/client";
import { count, day } from "@/lib/words";

type Report = Schemas["ErasedShape"];

/** What was destroyed, what was kept and why, and until when a backup elsewhere can still be opened. */
export function Erased({ report }: { report: Report }) {
  const rows = Object.values(report.rows).reduce((sum, one) => sum + one, 0);
  const files = Object.values(report.files).reduce((sum, one) => sum + one, 0);
  const outside = report.backups.filter((one) => !one.here);
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex flex-col gap-1.5">
        <li>The key of your data: {report.key.data_key}.</li>
        <li>
          The key that wrapped it: {report.key.wrapping_key}
          {report.key.reason ? `, because ${report.key.reason}` : ""}.
        </li>
        <li>
          {count(rows, "row")} and {count(files, "file")} are gone{report.compacted ? ", and the database was written anew" : ""}.
        </li>
        {report.kept.map((one) => (
          <li key={one.what}>
            Kept: {one.what} ({one.count}), {one.why}.
          </li>
        ))}
      </ul>
      {outside.length > 0 ? (
        <div className="border-l-2 border-possible py-1 pl-4">
          <p className="font-semibold">Backups elsewhere can still be opened</p>
          <ul>
            {outside.map((one) => (
              <li key={one.sha256}>
                of {day(one.at)}, with {one.opens_with}, until {one.until}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p className="text-soft">jobbot is as on the first day. To begin anew, start it again and open its link.</p>
      <Button className="self-start" onClick={() => window.location.assign("/")}>
        Close
      </Button>
    </div>
  );
}
