import type * as schemaEntry from "../src/index.ts";
import type { RuleCase } from "../test/rule-cases.ts";

type Schema = Pick<typeof schemaEntry, "targets" | "formatRules" | "formatFileRules" | "issueCodes">;

export function schemaFile(schema: Record<string, unknown>): string;
export function providerRulesPage(data: { schema: Schema; cases: readonly RuleCase[] }): string;
export function codesPage(schema: Pick<Schema, "issueCodes">): string;
