/** The queries in the turns of a file's walks, each with what can be done about it. */
import { fails, holds, type Evidence } from '../evidence.ts';
import { code } from '../edits/code.ts';
import { spanOf, type Edit, type Span } from '../edits/edit.ts';
import { lineStart, nextLine } from '../syntax/lines.ts';
import { isNode, type t } from '../syntax/ast.ts';
import type { Finding } from '../transform.ts';
import { batchOf, type Batch, type NoBatch } from './batches.ts';
import { eagerOf, writeEagers, type Eager } from './eager.ts';
import { named } from './names.ts';
import { whyAskedOnce, whyLoadedWithRows } from './obligations/index.ts';
import type { File } from './query.ts';
import { querySites, togetherAround, type QuerySite } from './sites.ts';
import { queriesInResolvers } from './resolvers.ts';
import { otherQueriesInTurns } from './through.ts';
import { inTurns, writeBatch, type Above, type Replaced } from './write.ts';
import type { RowLoop } from './loops.ts';

/** A batch that nothing speaks against, with what is known of it. */
interface Candidate {
  readonly batch: Batch;
  readonly evidence: readonly Evidence[];
}

/** What becomes of some batches of one walk. */
interface Rewrite {
  readonly batch: Batch;
  readonly to: 'one query' | 'eager loading';
  readonly evidence: readonly Evidence[];
  readonly statements: readonly string[];
  /** What stands in the turn instead of the query; undefined where the turn stays as it is. */
  readonly lookup: string | undefined;
  /** Edits elsewhere. */
  readonly edits: readonly Edit[];
}

/** Why a relation is not loaded with the rows: one clause, or what of its evidence fails. */
interface NotLoaded {
  readonly why?: string;
  readonly evidence?: readonly Evidence[];
}

const NO_LOADS: ReadonlySet<t.Node> = new Set();

const isRefused = (evidence: readonly Evidence[]): boolean =>
  evidence.some(({ verdict }) => verdict === 'fails');

function reported({ query, whole, path }: QuerySite, evidence: readonly Evidence[]): Finding {
  return { at: query.loads === undefined ? path.node : whole, title: `${named(query)} in a loop`, evidence };
}

function stays(file: File, site: QuerySite, { why, byHand, at }: NoBatch): Finding {
  const claim = `It stays in the turns: ${why}${byHand === undefined ? '' : `; by hand: ${byHand}`}`;
  return reported(site, [fails(claim, file.siteOf(at))]);
}

/** The findings of a file: one for all queries that leave the same walk, and one for each that stays. */
export function* queriesInTurns(file: File): Generator<Finding> {
  const candidates: Candidate[] = [];
  const known = new Set<t.Node>();
  for (const site of querySites(file)) {
    known.add(site.path.node);
    const batch = batchOf(
      file,
      site,
      candidates.map((one) => one.batch),
    );
    if ('why' in batch) {
      yield stays(file, site, batch);
      continue;
    }
    const evidence = site.query.loads === undefined ? [...whyAskedOnce(file, batch)] : [];
    const eager = isRefused(evidence) ? eagerOf(file, batch, NO_LOADS) : undefined;
    if (eager === undefined) candidates.push({ batch, evidence });
    else if ('why' in eager) yield reported(site, evidence);
    else candidates.push({ batch, evidence });
  }
  const rewrites = new Map<t.Node, Rewrite[]>();
  const lists = new Map<t.Node, string>();
  for (const one of rewritesOf(file, candidates, lists)) {
    if ('why' in one) {
      const { site } = one.candidate.batch;
      const more =
        one.why === undefined
          ? []
          : [fails(`It stays in the turns: ${one.why}`, file.siteOf(site.path.node))];
      yield reported(site, [...one.candidate.evidence, ...more]);
      continue;
    }
    const { node } = one.batch.anchor;
    rewrites.set(node, [...(rewrites.get(node) ?? []), one]);
  }
  for (const group of rewrites.values()) yield asFinding(file, group, lists);
  yield* otherQueriesInTurns(file, known);
  yield* queriesInResolvers(file);
}

/** The texts of keys that several candidates ask for, as they stand in the list of their walk. */
function repeatedKeys(file: File, candidates: readonly Candidate[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { batch } of candidates) {
    const [{ dependence }] = batch.keys;
    if (dependence.on !== 'element' || !dependence.isElement) continue;
    const text = file.textOf(dependence.walk.list);
    (seen.has(text) ? repeated : seen).add(text);
  }
  return repeated;
}

/** What each candidate becomes: loaded with the rows where a relation fits, else asked once before the walk. */
function* rewritesOf(
  file: File,
  candidates: readonly Candidate[],
  lists: Map<t.Node, string>,
): Generator<Rewrite | { readonly candidate: Candidate; readonly why: string | undefined }> {
  const { rewrites, not } = loadedEagerly(file, candidates);
  const loaded = new Set(rewrites.map(({ batch }) => batch));
  yield* rewrites;
  const above: Above = { rows: new Map(), lists, keys: new Map(), repeated: repeatedKeys(file, candidates) };
  for (const candidate of candidates) {
    const { batch, evidence } = candidate;
    if (loaded.has(batch)) continue;
    if (batch.site.query.loads !== undefined) {
      const { why, evidence: refusal = evidence } = not.get(batch) ?? {};
      yield { candidate: { batch, evidence: refusal }, why };
      continue;
    }
    if (isRefused(evidence)) {
      yield { candidate, why: undefined };
      continue;
    }
    if (batch.after !== undefined && !above.rows.has(batch.after)) {
      yield { candidate, why: 'the query that gives its keys stays in the turns' };
      continue;
    }
    const written = writeBatch(file, batch, above);
    if ('why' in written) yield { candidate, why: written.why };
    else {
      above.rows.set(batch, written.rows);
      const edits = written.imports.flatMap((request) => file.ensureImport(request).edits);
      yield {
        batch,
        to: 'one query',
        evidence,
        statements: written.statements,
        lookup: written.lookup,
        edits,
      };
    }
  }
}

/** What loading some relations with the rows of one query would be, or why it is not done. */
function eagerRewrites(file: File, eagers: readonly [Eager, ...Eager[]]): readonly Rewrite[] | NotLoaded {
  const made = writeEagers(file, eagers);
  if ('why' in made) return made;
  const evidence = eagers.map((eager) => [
    ...whyLoadedWithRows(file, eager, made.written.isShared),
    ...(made.written.evidence ?? []),
  ]);
  const refused = evidence.find(isRefused);
  if (refused !== undefined) return { evidence: refused };
  return eagers.map(({ batch, row }, index) => ({
    batch,
    to: 'eager loading',
    evidence: evidence[index] ?? [],
    statements: [],
    lookup: batch.site.query.loads?.gives === 'nothing' ? undefined : made.written.reads[index]?.(row),
    edits: [...(index === 0 ? made.edits : []), ...withoutFilling(file, batch)],
  }));
}

/** The candidates whose rows a relation gives: as many of each query and walk as can be loaded together. */
function loadedEagerly(
  file: File,
  candidates: readonly Candidate[],
): { readonly rewrites: readonly Rewrite[]; readonly not: ReadonlyMap<Batch, NotLoaded> } {
  const rewrites: Rewrite[] = [];
  const not = new Map<Batch, NotLoaded>();
  const loads = new Set<t.Node>(
    candidates.flatMap(({ batch: { site } }) => (site.query.loads === undefined ? [] : [site.path.node])),
  );
  const together = new Map<string, [Eager, ...Eager[]]>();
  for (const { batch } of candidates) {
    // Its rows give keys to another query, which needs them in one list.
    const eager = candidates.some((one) => one.batch.after === batch)
      ? { why: 'its rows give the keys of another query' }
      : eagerOf(file, batch, loads);
    if ('why' in eager) {
      not.set(batch, eager);
      continue;
    }
    const place = `${eager.rows.binding.identifier.node.start ?? 0} ${batch.anchor.node.start ?? 0}`;
    const known = together.get(place);
    together.set(place, known === undefined ? [eager] : [...known, eager]);
  }
  // What two loops over the same rows load would be one object for both.
  const all = [...together.values()].flat();
  const isTwice = (one: Eager): boolean =>
    all.some(
      (other) =>
        other !== one && other.rows.binding === one.rows.binding && other.relation.name === one.relation.name,
    );
  for (const eagers of together.values()) {
    let fitting: [Eager, ...Eager[]] | undefined;
    let made: readonly Rewrite[] = [];
    for (const eager of eagers) {
      if (isTwice(eager)) {
        not.set(eager.batch, {
          why: 'another loop asks for the same rows, and both would have the same objects',
        });
        continue;
      }
      const tried: [Eager, ...Eager[]] = fitting === undefined ? [eager] : [...fitting, eager];
      const rewritten = eagerRewrites(file, tried);
      if (Array.isArray(rewritten)) [fitting, made] = [tried, rewritten as readonly Rewrite[]];
      else not.set(eager.batch, rewritten as NotLoaded);
    }
    rewrites.push(...made);
  }
  return { rewrites, not };
}

/** Evidence without what is said twice. */
const withoutDoubles = (evidence: readonly Evidence[]): readonly Evidence[] => [
  ...new Map(evidence.map((one) => [`${one.verdict} ${one.claim}`, one])).values(),
];

/** A statement that only fills a row in goes, where the row comes filled in; its comment stays. A loop of nothing else goes with it. */
function withoutFilling(file: File, { site: { query, whole }, walk, anchor }: Batch): readonly Edit[] {
  const { parent } = file.pathOf<t.Node>(whole);
  if (query.loads?.gives !== 'nothing' || !isNode(parent, 'ExpressionStatement')) return [];
  const { body } = walk;
  const isAll =
    walk.path === anchor &&
    (body === parent.node || (body.type === 'BlockStatement' && body.body.length === 1));
  if (isAll) return [file.removeStatement(anchor.node as t.Statement)];
  const [start, end] = spanOf(parent.node);
  const from = lineStart(file.text, start);
  const to = nextLine(file.text, end);
  const isAlone = file.text.slice(from, start).trim() === '' && file.text.slice(end, to).trim() === '';
  const span: Span = isAlone ? [from, to] : [start, end];
  return [{ file: file.path, span, code: code`` }];
}

/** What is replaced in and around the turns of each walk: of the one that its `Promise.all` waits for, else the innermost. */
function byWalk(
  group: readonly Rewrite[],
  lists: ReadonlyMap<t.Node, string>,
): ReadonlyMap<RowLoop, readonly Replaced[]> {
  const found = new Map<RowLoop, Replaced[]>();
  const homes: RowLoop[] = [];
  for (const { batch, lookup } of group) {
    const walks = batch.site.walks.filter((walk): walk is RowLoop => 'list' in walk);
    const walk = walks.find((one) => togetherAround(one) !== undefined) ?? walks[0] ?? batch.walk;
    const home = homes.find(({ path }) => path === walk.path) ?? walk;
    if (!homes.includes(home)) homes.push(home);
    if (lookup !== undefined)
      found.set(home, [...(found.get(home) ?? []), { whole: batch.site.whole, by: lookup }]);
  }
  for (const walk of new Map(group.map(({ batch }) => [batch.walk.path, batch.walk])).values()) {
    const name = lists.get(walk.path.node);
    const home = homes.find(({ path }) => path === walk.path) ?? walk;
    if (name !== undefined) found.set(home, [...(found.get(home) ?? []), { whole: walk.list, by: name }]);
  }
  return found;
}

function asFinding(file: File, group: readonly Rewrite[], lists: ReadonlyMap<t.Node, string>): Finding {
  const batches = group.map(({ batch }) => batch);
  const [first] = group.toSorted(
    (a, b) => (a.batch.site.path.node.start ?? 0) - (b.batch.site.path.node.start ?? 0),
  );
  const names = [...new Set(batches.map(({ site }) => named(site.query)))].join(', ');
  const kinds = [...new Set(group.map(({ to }) => to))].join(' and ');
  const statements = group.flatMap((one) => one.statements);
  const anchor = group[0]?.batch.anchor.node as t.Statement;
  const evidence = withoutDoubles(group.flatMap((one) => one.evidence));
  return {
    at: first?.batch.site.path.node ?? anchor,
    title: `${names} in a loop → ${kinds}`,
    evidence:
      group.length > 1
        ? [holds(`${group.length} queries of each turn become as many for all turns`), ...evidence]
        : evidence,
    edits: [
      ...(statements.length === 0 ? [] : [file.insertBefore(anchor, statements.join('\n'))]),
      ...group.flatMap((one) => one.edits),
      ...[...byWalk(group, lists)].flatMap(([walk, replaced]) => inTurns(file, walk, replaced)),
    ],
  };
}
