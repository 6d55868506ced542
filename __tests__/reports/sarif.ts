import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

const require = createRequire(import.meta.url);

/** What the tests read of a log. */
export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region?: SarifRegion;
  };
  readonly message?: { readonly text: string };
}

export interface SarifChange {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
  readonly replacements: readonly {
    readonly deletedRegion: SarifRegion;
    readonly insertedContent?: { readonly text: string };
  }[];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly { readonly location: SarifLocation }[] }[];
  }[];
  readonly fixes?: readonly { readonly artifactChanges: readonly SarifChange[] }[];
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
  readonly baselineState?: string;
}

export interface SarifRun {
  readonly tool: {
    readonly driver: { readonly version: string; readonly rules: readonly { readonly id: string }[] };
  };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  }[];
  readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>;
  readonly results: readonly SarifResult[];
}

/** The schema of SARIF 2.1.0 as it is published, of the package `@microsoft/jest-sarif` (MIT). */
function schema(): object {
  const path = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: _, id, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return typeof id === 'string' ? rest : {};
}

// It is written for draft 4 of JSON Schema, of which it uses nothing that later ones have changed but its own name; one of its patterns is
// no regular expression with the flag u.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
(formats as unknown as (one: Ajv) => void)(ajv);
const validate = ajv.compile(schema());

/** Whatever the schema says against a log, one line each. */
export function faultsOfSarif(text: string): readonly string[] {
  return validate(JSON.parse(text))
    ? []
    : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
}

export const runOf = (text: string): SarifRun => {
  const [run] = (JSON.parse(text) as { readonly runs: readonly SarifRun[] }).runs;
  if (run === undefined) throw new TypeError('There is no run.');
  return run;
};

/** What a reader makes of a change who knows nothing but the standard. */
export function appliedTo(text: string, { replacements }: SarifChange): string {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  let made = text;
  let shift = 0;
  for (const { deletedRegion: region, insertedContent } of replacements) {
    const { startLine, startColumn = 1, endLine = startLine, endColumn = Number.NaN } = region;
    const [from, to] = [offset(startLine, startColumn) + shift, offset(endLine, endColumn) + shift];
    const inserted = insertedContent?.text ?? '';
    made = made.slice(0, from) + inserted + made.slice(to);
    shift += inserted.length - (to - from);
  }
  return made;
}
