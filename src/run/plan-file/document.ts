import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Code, Edit, Span } from '../../edits/edit.ts';
import { SAFETIES, type Evidence } from '../../evidence.ts';
import type { Ignored, Proposal } from '../../transform.ts';
import { Json } from '../json-value.ts';
import type { Asked } from '../journal/record.ts';
import type { Plan } from '../plan.ts';
import type { PlanStep, StepProposal } from '../composition.ts';
import { hashOf } from '../whole-file.ts';
import { asDecisions, decisionsJson, type Decisions } from './decisions.ts';

/** The version of the format that is written, and the only one that is read. */
export const PLAN_FORMAT = 1;

/** A file that a plan edits. */
export interface PlannedFile {
  /** Absolute path. */
  readonly path: string;
  /** The SHA-256 of its content, byte order mark included; null where it is to be created. */
  readonly before: string | null;
  /** Likewise of what all proposals together make of it. */
  readonly after: string;
}

/** A plan as it is kept in a file. Paths are absolute here, and relative to `root` in the file. */
export interface PlanDocument {
  /** The version of hasten that made it. */
  readonly hasten: string;
  /** Absolute path of the folder that all of its files lie in. */
  readonly root: string;
  readonly asked: Asked;
  /** Whether changed files that were formatted are formatted again. */
  readonly isFormatted: boolean;
  /** The line that says what a transform does, by its id, for those that the plan applies. */
  readonly summaries: ReadonlyMap<string, string>;
  readonly files: readonly PlannedFile[];
  readonly steps: readonly PlanStep[];
  /** What was found in the files as they are and is not part of the first step: reports, and what waits for a later step. */
  readonly findings: readonly Proposal[];
  /** None where nobody has decided anything. */
  readonly decisions?: Decisions;
}

/** A file of a plan lies where plans cannot speak about it. */
export class OutsideRootError extends Error {
  override readonly name = 'OutsideRootError';
}

/**
 * The document for a plan.
 * @param summaries of the transforms of the run, by their ids.
 */
export function documentOf(
  plan: Plan,
  about: Pick<PlanDocument, 'hasten' | 'root' | 'asked' | 'summaries'>,
): PlanDocument {
  const afters = new Map(plan.changes.map(({ path, after }) => [path, after]));
  const [first] = plan.steps;
  const inFirst = new Set(first?.proposals.map(({ id }) => id));
  const used = new Set(plan.steps.flatMap(({ proposals }) => proposals.map(({ transform }) => transform)));
  return {
    ...about,
    summaries: new Map([...about.summaries].filter(([id]) => used.has(id))),
    isFormatted: plan.isFormatted,
    files: [...plan.baselines].map(([path, text]) => ({
      path,
      before: text === null ? null : hashOf(Buffer.from(text)),
      after: hashOf(Buffer.from(afters.get(path) ?? text ?? '')),
    })),
    steps: plan.steps,
    findings: plan.findings.filter(({ id }) => !inFirst.has(id)),
  };
}

/** Names of folders in which no plan may write. */
const CLOSED = new Set(['.git', '.hasten']);

/** Why a plan may not speak of a path as it is written in its file; undefined where it may. */
function whyNotInside(path: string): string | undefined {
  const parts = path.split(/[/\\]/);
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path) || parts.includes('..') || path === '')
    return 'a path inside of the root';
  return parts.some((part) => CLOSED.has(part.toLowerCase()))
    ? 'a path of the project: .git and .hasten are none'
    : undefined;
}

/**
 * A path as it is written in a file, as seen from the root.
 * @throws {OutsideRootError} where it is not inside of that.
 */
export function written(root: string, path: string): string {
  const seen = relative(root, path).split(sep).join('/');
  if (whyNotInside(seen) !== undefined)
    throw new OutsideRootError(`${path} is outside of ${root}, so no plan for that can have it`);
  return seen;
}

const evidenceJson = (root: string, { verdict, claim, seenAt }: Evidence): object => ({
  verdict,
  claim,
  // Only to be read by people: it may be anywhere.
  ...(seenAt === undefined
    ? {}
    : { path: relative(root, seenAt.path).split(sep).join('/'), line: seenAt.line }),
});

const editJson = (root: string, { file, span, code, once }: Edit): object => ({
  path: written(root, file),
  span,
  code,
  ...(once === undefined ? {} : { once }),
});

function ignoredJson(root: string, { reason, at, until, safety }: Ignored): object {
  const path = relative(root, at.path).split(sep).join('/');
  return { reason, path, line: at.line, ...(until === undefined ? {} : { until }), safety };
}

/**
 * A proposal as it is written in a file: see `PlanReader`.
 * @throws {OutsideRootError} where a path is not inside of the root.
 */
export function proposalJson(root: string, one: Proposal & Partial<StepProposal>): object {
  const { id, transform, path, start, end, title, safety, evidence, edits, made, ignored, inBaseline } = one;
  return {
    id,
    transform,
    path: written(root, path),
    start,
    end,
    ...(made === undefined ? {} : { made }),
    title,
    safety,
    evidence: evidence.map((piece) => evidenceJson(root, piece)),
    edits: edits.map((edit) => editJson(root, edit)),
    ...(ignored === undefined ? {} : { ignored: ignoredJson(root, ignored) }),
    ...(inBaseline === true ? { inBaseline } : {}),
  };
}

/** The text of a JSON object, with one more key at its end. */
function withKey(text: string, key: string, value: unknown): string {
  const indented = JSON.stringify({ [key]: value }, null, 2);
  return `${text.slice(0, -'\n}\n'.length)},${indented.slice(1)}\n`;
}

/**
 * A plan as JSON, for any decisions: what is decided changes often, and the plan is long. The root is written as seen from `folder`, where
 * the file will be, if that lies in the root: so both can be moved together.
 * @throws {OutsideRootError} where a file of the plan is not inside of the root.
 */
export function planTexts(
  document: PlanDocument,
  folder: string,
): (decisions: Decisions | undefined) => string {
  const { root, files, steps, findings, summaries, hasten, asked, isFormatted } = document;
  const up = relative(root, folder);
  const isInside = up !== '..' && !up.startsWith(`..${sep}`) && !isAbsolute(up);
  const shown = {
    format: PLAN_FORMAT,
    hasten,
    root: isInside ? relative(folder, root).split(sep).join('/') || '.' : root,
    asked,
    isFormatted,
    summaries: Object.fromEntries(summaries),
    files: files.map(({ path, ...hashes }) => ({ path: written(root, path), ...hashes })),
    steps: steps.map(({ texts, proposals }) => ({
      texts: texts.map(({ path, hash }) => ({ path: written(root, path), hash })),
      proposals: proposals.map((one) => proposalJson(root, one)),
    })),
    findings: findings.map((one) => proposalJson(root, one)),
  };
  const text = `${JSON.stringify(shown, null, 2)}\n`;
  return (decisions) =>
    decisions === undefined ? text : withKey(text, 'decisions', decisionsJson(decisions));
}

/** A plan as JSON, with the decisions that it has: see `planTexts`. */
export const planText = (document: PlanDocument, folder: string): string =>
  planTexts(document, folder)(document.decisions);

/** Reads the parts of a plan's file. */
export class PlanReader {
  private readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  path(json: Json): string {
    const name = json.string();
    const wanted = whyNotInside(name);
    if (wanted !== undefined) throw json.wrong(wanted);
    return resolve(this.root, name);
  }

  /** A path that is only shown. */
  private shownPath(json: Json): string {
    return resolve(this.root, json.string());
  }

  private span(json: Json): Span {
    const [start, end, ...more] = json.list((one) => one.count());
    if (start === undefined || end === undefined || more.length > 0 || end < start)
      throw json.wrong('a start and an end behind it');
    return [start, end];
  }

  private evidence(json: Json): Evidence {
    const verdict = json.key('verdict').oneOf(['holds', 'assumed', 'fails']);
    const claim = json.key('claim').string();
    if (json.key('path').isMissing) return { verdict, claim };
    return {
      verdict,
      claim,
      seenAt: { path: this.shownPath(json.key('path')), line: json.key('line').count() },
    };
  }

  private edit(json: Json): Edit {
    const code: Code = json.key('code').list((part) => (part.isString ? part.string() : this.span(part)));
    const once = json.key('once').optional((value) => value.string());
    const edit = { file: this.path(json.key('path')), span: this.span(json.key('span')), code };
    return once === undefined ? edit : { ...edit, once };
  }

  private ignored(json: Json): Ignored {
    const until = json.key('until').optional((value) => value.string());
    return {
      reason: json.key('reason').string(),
      at: { path: this.shownPath(json.key('path')), line: json.key('line').count() },
      ...(until === undefined ? {} : { until }),
      safety: json.key('safety').oneOf(SAFETIES),
    };
  }

  proposal(json: Json): Proposal {
    const [start, end] = [json.key('start').count(), json.key('end').count()];
    const ignored = json.key('ignored').optional((value) => this.ignored(value));
    const inBaseline = json.key('inBaseline').optional((value) => value.boolean());
    return {
      id: json.key('id').string(),
      transform: json.key('transform').string(),
      path: this.path(json.key('path')),
      start,
      end,
      title: json.key('title').string(),
      evidence: json.key('evidence').list((one) => this.evidence(one)),
      safety: json.key('safety').oneOf(SAFETIES),
      edits: json.key('edits').list((one) => this.edit(one)),
      ...(ignored === undefined ? {} : { ignored }),
      ...(inBaseline === undefined ? {} : { inBaseline }),
    };
  }

  step(json: Json): PlanStep {
    return {
      texts: json.key('texts').list((one) => ({
        path: this.path(one.key('path')),
        hash: one.key('hash').string(),
      })),
      proposals: json.key('proposals').list((one) => {
        const proposal = this.proposal(one);
        if (proposal.edits.length === 0) throw one.key('edits').wrong('a list with an edit in it');
        return { ...proposal, made: this.span(one.key('made')) };
      }),
    };
  }
}

/** Throws where a document contradicts itself: two proposals of one id, or edits in files and texts that it does not list. */
function checkWhole({ files, steps }: Pick<PlanDocument, 'files' | 'steps'>): void {
  const listed = new Set(files.map(({ path }) => path));
  if (listed.size < files.length) throw new Error('it.files has a path twice');
  const ids = new Set<string>();
  for (const [index, { texts, proposals }] of steps.entries()) {
    const known = new Set(texts.map(({ path }) => path));
    for (const [at, { id, edits }] of proposals.entries()) {
      const place = `it.steps[${index}].proposals[${at}]`;
      if (ids.has(id)) throw new Error(`${place}.id is ${id}, as that of another proposal`);
      ids.add(id);
      const edit = edits.findIndex(({ file }) => !listed.has(file) || !known.has(file));
      if (edit !== -1)
        throw new Error(`${place}.edits[${edit}].path is not among it.files and it.steps[${index}].texts`);
    }
  }
}

/**
 * The plan in a JSON value.
 * @param folder where its file is.
 * @param root the folder that its files lie in, where that is not the one that it names.
 * @throws {Error} which says what is wrong, and where in the document.
 */
export function asPlanDocument(value: unknown, folder: string, root?: string): PlanDocument {
  const json = new Json(value, 'it');
  const format = json.key('format').count();
  if (format !== PLAN_FORMAT)
    throw new Error(`it has format ${format}, and this hasten reads format ${PLAN_FORMAT}`);
  const named = json.key('root').string();
  const base = root ?? resolve(folder, named);
  const reader = new PlanReader(base);
  const asked = json.key('asked');
  const document = {
    hasten: json.key('hasten').string(),
    root: base,
    asked: {
      paths: asked.key('paths').list((one) => one.string()),
      level: asked.key('level').oneOf(['safe', 'review'] as const),
    },
    isFormatted: json.key('isFormatted').boolean(),
    summaries: new Map(json.key('summaries').entries((one) => one.string())),
    files: json.key('files').list((file) => ({
      path: reader.path(file.key('path')),
      before: file.key('before').isNull ? null : file.key('before').string(),
      after: file.key('after').string(),
    })),
    steps: json.key('steps').list((step) => reader.step(step)),
    findings: json.key('findings').list((one) => reader.proposal(one)),
  };
  checkWhole(document);
  const decisions = json.key('decisions').optional(asDecisions);
  return decisions === undefined ? document : { ...document, decisions };
}
