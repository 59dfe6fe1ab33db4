// After `next build`: the licences of every package that may stand in the built pages, in out/licences.txt.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const WORDS = /^(licen[cs]e|notice|copying|ofl)/i;
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));

const shipped = Object.entries(lock.packages)
  .filter(([path, one]) => path.startsWith("node_modules/") && !one.dev && !one.optional && !one.devOptional)
  .filter(([path]) => existsSync(path))
  .map(([path, one]) => ({ name: path.slice(path.lastIndexOf("node_modules/") + 13), path, ...one }))
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

const texts = new Map();
for (const { name, path, version, license } of shipped) {
  const files = readdirSync(path).filter((file) => WORDS.test(file)).sort();
  const words = files.map((file) => readFileSync(`${path}/${file}`, "utf8").replaceAll("\r\n", "\n").trim());
  const text = words.join("\n\n") || `Licence: ${license ?? "see the package"}`;
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version} (${license ?? "see below"})`]);
}

const parts = [...texts].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
writeFileSync(
  "out/licences.txt",
  `The pages of jobbot are built with the packages below, under their licences.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`,
);
