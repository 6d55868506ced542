import { pathToFileURL } from 'node:url';
import type { Evidence, Safety, Verdict } from '../../evidence.ts';
import type { IgnoreWarning, Failure } from '../../run/plan.ts';
import type { Proposal } from '../../transform.ts';
import { evidenceMark, visible } from '../describe.ts';
import { fixesOf } from '../fixes.ts';
import { patchRoot } from '../patch-root.ts';
import { pathFrom } from '../patch-text.ts';
import { placesOf, type Places } from '../places.ts';
import { isChangedBy, type ReportSource } from '../report-source.ts';
import { uriOf } from '../uri.ts';

/** Where the schema of the format is published. */
export const SARIF_SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The name by which locations refer to the top of the work tree. */
const ROOT = 'SRCROOT';

/** What can be rewritten at once is a warning; what somebody has to look at, and what is left alone, is a note. */
const LEVELS: Readonly<Record<Safety, string>> = { safe: 'warning', review: 'note', report: 'note' };

/** How much a reader has to see a step of a code flow. */
const IMPORTANCE: Readonly<Record<Verdict, string>> = {
  fails: 'essential',
  assumed: 'important',
  holds: 'unimportant',
};

/** Text in which braces are no placeholders (3.11.5 of the standard), nor brackets the text of a link (3.11.6). */
const plain = (text: string): string =>
  text.replace(/[{}]/g, '$&$&').replace(/\[([^[\]]*)\]\(/g, '\\[$1\\](');

const messageOf = (text: string): object => ({ text: plain(visible(text)) });

const claimOf = ({ verdict, claim }: Evidence): string => `${evidenceMark(verdict)} ${visible(claim)}`;

/** Makes the parts of a log that name places in files. */
class Locations {
  private readonly root: string;
  private readonly places: Places;

  constructor(root: string, places: Places) {
    this.root = root;
    this.places = places;
  }

  artifact(path: string): object {
    const seen = pathFrom(this.root, path);
    const isInside = !seen.startsWith('../') && seen !== path.replaceAll('\\', '/');
    return isInside ? { uri: uriOf(seen), uriBaseId: ROOT } : { uri: pathToFileURL(path).href };
  }

  region(path: string, start: number, end: number): object {
    const from = this.places.placeOf(path, start);
    const to = this.places.placeOf(path, end);
    return {
      startLine: from.line,
      startColumn: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  }

  /** The place of a finding. */
  of({ path, start, end }: Pick<Proposal, 'path' | 'start' | 'end'>): object {
    return {
      physicalLocation: { artifactLocation: this.artifact(path), region: this.region(path, start, end) },
    };
  }

  /** A line of a file, or a file as a whole. */
  line(path: string, line?: number): { readonly physicalLocation: object } {
    const region = line === undefined ? {} : { region: { startLine: line } };
    return { physicalLocation: { artifactLocation: this.artifact(path), ...region } };
  }
}

/** The places where evidence can be checked, and at the end the finding itself, as steps that a viewer goes through. */
function codeFlowsOf(finding: Proposal, locations: Locations): object {
  const sited = finding.evidence.filter((one) => one.seenAt !== undefined);
  if (sited.length === 0) return {};
  const steps = sited.map((one) => ({
    importance: IMPORTANCE[one.verdict],
    location: {
      ...locations.line(one.seenAt?.path ?? finding.path, one.seenAt?.line),
      message: { text: plain(claimOf(one)) },
    },
  }));
  const last = {
    importance: 'essential',
    location: { ...locations.of(finding), message: messageOf(finding.title) },
  };
  return { codeFlows: [{ threadFlows: [{ locations: [...steps, last] }] }] };
}

/** The rewrite, where the whole of it can be made in the files as they are. */
function fixOf(finding: Proposal, locations: Locations, places: Places): object {
  const files = fixesOf(finding, places);
  if (files.length === 0) return {};
  const artifactChanges = files.map(({ path, stretches }) => ({
    artifactLocation: locations.artifact(path),
    replacements: stretches.map(({ start, end, text }) => ({
      deletedRegion: locations.region(path, start, end),
      ...(text === '' ? {} : { insertedContent: { text } }),
    })),
  }));
  return { fixes: [{ description: messageOf(finding.title), artifactChanges }] };
}

/** What somebody said to a finding, or a baseline knows of it. */
function stateOf({ ignored, inBaseline }: Proposal, hasBaseline: boolean, locations: Locations): object {
  const { reason, until, at } = ignored ?? {};
  const justification = until === undefined ? reason : `${reason} (until ${until})`;
  const said =
    at === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'inSource',
              status: 'accepted',
              justification,
              location: locations.line(at.path, at.line),
            },
          ],
        };
  return {
    ...said,
    ...(hasBaseline ? { baselineState: inBaseline === true ? 'unchanged' : 'new' } : {}),
  };
}

const ruleOf = (id: string, { summaries, pageOf }: ReportSource): object => {
  const summary = summaries.get(id);
  const page = pageOf?.(id);
  return {
    id,
    ...(summary === undefined
      ? {}
      : { shortDescription: messageOf(summary), fullDescription: messageOf(summary) }),
    ...(page === undefined ? {} : { help: { text: visible(summary ?? id), markdown: page } }),
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['performance'] },
  };
};

const failureNotification = ({ path, reason, transform }: Failure, locations: Locations): object => ({
  level: 'error',
  message: { text: plain(reason.replace(/[^\P{Cc}\n\t]/gu, ' ')) },
  locations: [locations.line(path)],
  ...(transform === undefined ? {} : { associatedRule: { id: transform } }),
});

const warningNotification = ({ path, line, says }: IgnoreWarning, locations: Locations): object => ({
  level: 'warning',
  message: messageOf(`This ignore comment ${says}`),
  locations: [locations.line(path, line)],
});

/** One log of one run in the format SARIF 2.1.0, for code scanning and editors. */
export function* sarifReport(source: ReportSource): Iterable<string> {
  const { cwd, findings, changes, failures, warnings, mode, hasten } = source;
  const places = placesOf(source);
  const root = patchRoot(
    cwd,
    [...findings, ...changes].map(({ path }) => path),
  );
  const locations = new Locations(root, places);
  const ids = [...new Set([...source.transforms, ...findings.map(({ transform }) => transform)])].toSorted();
  const rules = new Map(ids.map((id, index) => [id, index]));
  const hasBaseline = findings.some(({ inBaseline }) => inBaseline === true);
  const isChanged = isChangedBy(source);
  const written = new Set(mode === 'apply' ? changes.map(({ path }) => path) : []);

  const run = {
    tool: { driver: { name: 'hasten', version: hasten, semanticVersion: hasten } },
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        toolExecutionNotifications: failures.map((one) => failureNotification(one, locations)),
        toolConfigurationNotifications: warnings.map((one) => warningNotification(one, locations)),
      },
    ],
    originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(root).href.replace(/\/$/, '')}/` } },
    columnKind: 'utf16CodeUnits',
    defaultEncoding: 'utf-8',
  };
  const driver = { ...run.tool.driver, rules: ids.map((id) => ruleOf(id, source)) };
  const log = { $schema: SARIF_SCHEMA, version: '2.1.0', runs: [{ ...run, tool: { driver } }] };
  // The results are written one by one: those of a large project do not fit into one string twice.
  yield `${JSON.stringify(log).slice(0, -3)},"results":[`;
  let isFirst = true;
  for (const finding of findings) {
    const { id, transform, safety, title, evidence } = finding;
    const isApplied = mode === 'apply' && isChanged(id);
    const result = {
      ruleId: transform,
      ruleIndex: rules.get(transform) ?? -1,
      // What is written is no problem any more; a kind that is no failure has no level.
      kind: isApplied ? 'informational' : 'fail',
      level: isApplied ? 'none' : LEVELS[safety],
      message: { text: plain([`${visible(title)} (${safety}).`, ...evidence.map(claimOf)].join('\n')) },
      locations: [locations.of(finding)],
      partialFingerprints: { 'hastenId/v1': id },
      ...codeFlowsOf(finding, locations),
      // A fix is for the file as it was.
      ...(finding.edits.some(({ file }) => written.has(file)) ? {} : fixOf(finding, locations, places)),
      ...stateOf(finding, hasBaseline, locations),
      properties: { safety, ...(isApplied ? { applied: true } : {}) },
    };
    yield `${isFirst ? '' : ','}\n${JSON.stringify(result)}`;
    isFirst = false;
  }
  yield '\n]}]}\n';
}
