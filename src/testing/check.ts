import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { compose } from '../edits/compose.ts';
import { isAtLeast } from '../evidence.ts';
import { plan, type Plan } from '../run/plan.ts';
import { parseFile } from '../syntax/file.ts';
import type { Options, Proposal, Transform } from '../transform.ts';
import { isSource, type FixtureCase, type Texts } from './cases.ts';
import { whyMarkersDiffer } from './markers.ts';

/** What became of a case. */
export interface FixtureReport {
  /** What is wrong, one sentence each; none when the transform does what the case says. */
  readonly problems: readonly string[];
  readonly findings: readonly Proposal[];
}

/** A fixture may need a type checker's program, which takes its time on a busy machine. */
const FILE_TIME_LIMIT = 60_000;

/** The `node_modules` that a file in the working directory would see, so that types are found in the copy of a case too. */
function nodeModules(): string | undefined {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules');
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) return undefined;
  }
}

interface Run extends Plan {
  /** The texts of all files after the run. */
  readonly texts: Texts;
}

/**
 * Copies `texts` into a folder of their own, without any configuration of a formatter around them, and plans a run there that
 * applies what wants a review too.
 */
async function runOn(
  texts: Texts,
  { transform, options }: { transform: Transform; options: Options },
): Promise<Run> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'fixture-')));
  try {
    for (const [path, text] of texts) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const modules = nodeModules();
    if (modules !== undefined && !existsSync(join(root, 'node_modules'))) {
      symlinkSync(modules, join(root, 'node_modules'), 'junction');
    }
    const planned = await plan({
      cwd: root,
      paths: ['.'],
      transforms: [{ transform, options: { ...transform.defaults, ...options } }],
      level: 'review',
      fileTimeLimit: FILE_TIME_LIMIT,
      format: false,
    });
    return relativeTo(root, texts, planned);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The plan with paths relative to `root`, which is gone when it is looked at. */
function relativeTo(root: string, before: Texts, planned: Plan): Run {
  const short = (path: string): string => relative(root, path).split(sep).join('/');
  const shorten = (proposal: Proposal): Proposal => ({
    ...proposal,
    path: short(proposal.path),
    edits: proposal.edits.map((edit) => ({ ...edit, file: short(edit.file) })),
  });
  const changes = planned.changes.map((change) => ({
    ...change,
    path: short(change.path),
    proposals: change.proposals.map(shorten),
  }));
  return {
    ...planned,
    findings: planned.findings.map(shorten),
    failures: planned.failures.map(({ path, reason }) => ({ path: short(path), reason })),
    changes,
    texts: new Map([...before, ...changes.map(({ path, after }) => [path, after] as const)]),
  };
}

const show = (text: string | undefined): string => (text === undefined ? 'nothing' : JSON.stringify(text));

/** The first line in which two texts differ. */
function firstDifference(expected: string, actual: string): string {
  const [wanted, got] = [expected.split('\n'), actual.split('\n')];
  const line = wanted.findIndex((one, index) => one !== got[index]);
  const at = line === -1 ? wanted.length : line;
  return `line ${at + 1} should be ${show(wanted[at])} and is ${show(got[at])}`;
}

function* whyTextsDiffer({ input, output }: FixtureCase, texts: Texts): Generator<string> {
  for (const path of new Set([...texts.keys(), ...output.keys()])) {
    const expected = output.get(path) ?? input.get(path);
    const actual = texts.get(path);
    if (expected === undefined) yield `${path} is created, and the output does not have it`;
    else if (actual === undefined) yield `${path} should be created, and is not`;
    else if (actual !== expected) yield `${path}: ${firstDifference(expected, actual)}`;
  }
}

const withoutBom = (text: string): string => text.replace(/^\uFEFF/, '');

function* whyProposalsDepend(proposals: readonly Proposal[], input: Texts): Generator<string> {
  const baselineOf = (path: string): string => withoutBom(input.get(path) ?? '');
  const withEdits = proposals.filter(({ edits }) => edits.length > 0);
  for (const proposal of withEdits) {
    for (const [path, text] of compose([proposal], baselineOf).texts) {
      if (!isSource(path)) continue;
      try {
        parseFile(path, text);
      } catch (error) {
        yield `"${proposal.title}" alone leaves ${path} broken: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
  }
  const { accepted, texts } = compose(withEdits, baselineOf);
  const middle = accepted.length >> 1;
  for (const order of [accepted.toReversed(), [...accepted.slice(middle), ...accepted.slice(0, middle)]]) {
    for (const [path, text] of compose(order, baselineOf).texts) {
      if (text !== texts.get(path)) {
        yield `${path} depends on the order of proposals: ${firstDifference(texts.get(path) ?? '', text)}`;
        return;
      }
    }
  }
}

/** The comments of a file. The type that one says a function returns may change with the function. */
const commentsOf = (path: string, text: string): string[] =>
  parseFile(path, withoutBom(text)).comments.map(({ value }) =>
    value
      .replace(/\s+/g, ' ')
      .replace(/(@returns?) ?\{.*?\}(?= |$)/g, '$1')
      .trim(),
  );

function* whyCommentsAreLost(before: Texts, after: Texts): Generator<string> {
  for (const [path, text] of before) {
    const result = after.get(path);
    if (!isSource(path) || result === undefined || result === text) continue;
    const left = commentsOf(path, result);
    for (const comment of commentsOf(path, text)) {
      const at = left.indexOf(comment);
      if (at === -1) yield `${path} loses the comment "${comment}"`;
      else left.splice(at, 1);
    }
  }
}

/** What a transform finds in the input of a case. */
export async function findingsIn(transform: Transform, fixture: FixtureCase): Promise<readonly Proposal[]> {
  return (await runOn(fixture.input, { transform, options: fixture.options })).findings;
}

/**
 * Runs a transform on a case and says what is wrong with the outcome:
 * - the files are not exactly the output, with everything that is safe or wants review applied;
 * - a finding has no marker, or a marker no finding;
 * - a second run still wants to change something;
 * - a proposal alone leaves a file that does not parse, or the result depends on the order of proposals;
 * - a comment is lost;
 * - a file cannot be read, parsed or inspected.
 */
export async function checkFixture(transform: Transform, fixture: FixtureCase): Promise<FixtureReport> {
  const chosen = { transform, options: fixture.options };
  const first = await runOn(fixture.input, chosen);
  const problems = first.failures.map(({ path, reason }) => `${path}: ${reason}`);
  if (problems.length > 0) return { problems, findings: first.findings };
  problems.push(...whyTextsDiffer(fixture, first.texts));
  for (const [path, text] of fixture.input) {
    const here = first.findings.filter(({ path: at, ignored }) => at === path && ignored === undefined);
    if (isSource(path)) problems.push(...whyMarkersDiffer(path, withoutBom(text), here));
  }
  problems.push(
    ...whyProposalsDepend(first.findings, fixture.input),
    ...whyCommentsAreLost(fixture.input, first.texts),
  );
  if (first.changes.length > 0) {
    const second = await runOn(first.texts, chosen);
    for (const { title, path } of second.findings.filter(({ safety }) => isAtLeast(safety, 'review'))) {
      problems.push(`a second run still proposes "${title}" in ${path}`);
    }
    problems.push(...second.failures.map(({ path, reason }) => `in a second run ${path}: ${reason}`));
  }
  return { problems, findings: first.findings };
}

/** Runs a transform on a case in another style, of which only the result counts, and says what is wrong with it. */
export async function checkTwin(transform: Transform, twin: FixtureCase): Promise<readonly string[]> {
  const { texts, failures } = await runOn(twin.input, { transform, options: twin.options });
  return [...failures.map(({ path, reason }) => `${path}: ${reason}`), ...whyTextsDiffer(twin, texts)];
}
