import { GeistSans } from "geist/font/sans";
import localFont from "next/font/local";

const sourceSerif = localFont({
  src: [
    {
      path: "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
      weight: "200 900",
      style: "normal",
    },
  ],
  variable: "--font-source-serif",
  display: "swap",
});

export const fontVariables = `${GeistSans.variable} ${sourceSerif.variable}`;
