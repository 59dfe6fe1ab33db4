import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { SessionGate } from "@/features/session/session-gate";
import { Shell } from "@/features/shell/shell";
import { FirstSteps } from "@/features/start/first-steps";
import { fontVariables } from "./fonts";
import { Providers } from "./providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "jobbot", template: "%s · jobbot" },
  description: "Your job search, on your machine.",
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f6f1" },
    { media: "(prefers-color-scheme: dark)", color: "#131517" },
  ],
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <head>
        <script src="/first.js" />
      </head>
      <body>
        <Providers>
          <Shell above={<FirstSteps />}>
            <SessionGate>{children}</SessionGate>
          </Shell>
        </Providers>
      </body>
    </html>
  );
}
