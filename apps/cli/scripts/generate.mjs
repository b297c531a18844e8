// Writes docs/cli.md from the declarations of options and commands. Run after a build.
import { writeFileSync } from "node:fs";
import { formatCliReference } from "../dist/help/cli-reference.js";

writeFileSync(new URL("../../../docs/cli.md", import.meta.url), formatCliReference());
