// @vitest-environment node
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import openapi, { astToString, COMMENT_HEADER } from "openapi-typescript";
import { expect, it } from "vitest";

it("the client's types are those of openapi.json (npm run api makes them anew)", async () => {
  const here = import.meta.dirname;
  const fresh = await openapi(pathToFileURL(path.join(here, "../../../openapi.json")));
  expect(readFileSync(path.join(here, "schema.ts"), "utf8")).toBe(COMMENT_HEADER + astToString(fresh));
});
