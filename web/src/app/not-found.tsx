import Link from "next/link";
import { Notice } from "@/components/ui/notice";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Notice title="There is no such page" level={1}>
      <p>The address may be old or mistyped.</p>
      <p>
        <Link href="/" className="underline underline-offset-4">
          Go to your jobs
        </Link>
      </p>
    </Notice>
  );
}
