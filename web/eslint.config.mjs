// Imports point one way: app -> features -> components/ui -> lib. Features never import each other; the zones are read
// from the folders, so a new feature is fenced in from its first file.
import { readdirSync } from "node:fs";
import path from "node:path";
import imports from "eslint-plugin-import-x";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

const here = import.meta.dirname;
const features = readdirSync(path.join(here, "src/features"));
const zones = [
  { target: "./src/lib", from: ["./src/components", "./src/features", "./src/app"] },
  { target: "./src/components", from: ["./src/features", "./src/app"] },
  { target: "./src/features", from: "./src/app" },
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: "./src/features",
    except: [`./${name}`],
    message: "features do not import each other; lift what both need into lib or components/ui",
  })),
];

export default ts.config(
  { ignores: [".next/**", "out/**", "node_modules/**", "next-env.d.ts", "src/lib/api/schema.ts", "postcss.config.mjs"] },
  ...ts.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "import-x": imports, "react-hooks": hooks },
    settings: { "import-x/resolver": { typescript: { project: "./tsconfig.json" } } },
    rules: {
      ...hooks.configs.recommended.rules,
      "import-x/no-restricted-paths": ["error", { basePath: here, zones }],
      "import-x/no-cycle": ["error", { maxDepth: 6 }],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "foreign markup is never injected" },
        { selector: "JSXOpeningElement[name.name='style']", message: "the content policy has no inline style elements" },
        { selector: "ImportDeclaration[source.value=/^next.font.google/]", message: "fonts travel in the package" },
      ],
      "react-hooks/incompatible-library": "off",
    },
  },
);
