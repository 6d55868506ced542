import { spanOf } from '../edits/edit.ts';
import { assumed, fails, holds, type Evidence } from '../evidence.ts';
import type { Cone, Leaf, Reach } from '../facts/cones/cone.ts';
import { whyTestCode } from '../facts/contexts.ts';
import type { BlockingCall } from '../facts/libraries/blocking/blocking-call.ts';
import type { t } from '../syntax/ast.ts';
import type { FileContext, Finding } from '../transform.ts';
import { callsIn, handedFunctions, type FoundCall } from './calls.ts';
import { checkedActsIn, unchecked, withoutCheck, type CheckedAct } from './checked-acts.ts';
import { coneEdits, LostPlace } from './cone-edits.ts';
import { twinEdits, type Written } from './twin-edits.ts';

/** What both transforms about blocking calls can be told. */
export type BlockingOptions = {
  /** Whether code is rewritten too that no request waits for. */
  everywhere: boolean;
};

/** The names that the calls have which `blockingFindings` looks at. */
export { BLOCKING_NAMES } from '../facts/libraries/blocking/table.ts';

const isFailure = ({ verdict }: Evidence): boolean => verdict === 'fails';

const isRefused = ({ evidence }: Finding): boolean => [...evidence].some(isFailure);

/** Ways to run in which others are served meanwhile. */
const SERVES: ReadonlySet<Reach['by']> = new Set(['request', 'message', 'job', 'unknown']);

/** What a callee that blocks is called, for who cannot ask whose function it is. */
const BLOCKING_CALLEE = /(?:Sync|\.sync|\$\.s|\b(?:pseudoR|r)andomBytes|\brandomInt)$/;
const SLEEPING_CALLEE = /^Atomics\.wait$|(?:^|\.)(?:sleep|msleep|usleep|loopWhile)$/;

/** Calls that are blocking by their names. */
function* named(file: FileContext<BlockingOptions>, name: RegExp, whyUntyped: string): Generator<Finding> {
  for (const { node, parent } of [...file.find('CallExpression'), ...file.find('OptionalCallExpression')]) {
    const callee = file.textOf(node.callee);
    if (parent?.node.type === 'AwaitExpression' || !name.test(callee)) continue;
    yield {
      at: node,
      title: callee,
      evidence: [fails(`Whether it stops others is not known: ${whyUntyped}`)],
    };
  }
}

/** Finds the calls of a file that sleep, or all others that block, and makes each wait instead, with everybody who calls it. */
export function* blockingFindings(
  file: FileContext<BlockingOptions>,
  kind: 'sleep' | 'other',
): Generator<Finding> {
  const { whyUntyped } = file.facts;
  if (whyUntyped !== undefined) {
    yield* named(file, kind === 'sleep' ? SLEEPING_CALLEE : BLOCKING_CALLEE, whyUntyped);
    return;
  }
  const blocking = callsIn(file).flatMap((found): readonly Known[] => {
    const { path, isResultUsed, resultMembers, thrownMembers } = found;
    const call = file.facts.blockingCallOf(file.path, path.node, {
      isResultUsed,
      resultMembers,
      thrownMembers,
    });
    return call !== undefined && call.isBrief !== true && (call.resource === 'sleep') === (kind === 'sleep')
      ? [{ path, call }]
      : [];
  });
  const acts = checkedActsIn(file);
  const told = new Set<Known>();
  for (const known of blocking) {
    if (told.has(known)) continue;
    const checked = acts.find(({ check }) => check === known.path.node);
    const act = blocking.find(({ path }) => checked !== undefined && path.node === checked.act);
    if (checked === undefined || act === undefined) {
      yield ofCall(file, known);
      continue;
    }
    told.add(act);
    yield* ofCheckedAct(file, checked, known, act);
  }
  for (const { node, to } of handedFunctions(file)) {
    const name = file.facts.blockingFunctionOf(file.path, node);
    if (name === undefined) continue;
    const claim = `\`${name}\` is handed to \`${to}\`, which may use what it returns at once`;
    yield { at: node, title: name, evidence: [fails(claim, file.siteOf(node))] };
  }
}

/** A call that is known to block. */
interface Known {
  readonly path: FoundCall['path'];
  readonly call: BlockingCall;
}

function ofCall(file: FileContext<BlockingOptions>, { path, call }: Known): Finding {
  const { twin } = call;
  const blocking: Blocking = {
    at: path.node,
    point: path.node,
    name: call.id,
    differences: call.differences,
    leaf: { isIdle: call.resource === 'sleep' },
    ...(twin === undefined ? { why: call.why ?? 'none is known' } : {}),
    isAlwaysAwaited: twin !== undefined && twin.kind !== 'expression' && twin.result !== undefined,
  };
  return findingOf(file, blocking, (isAwaited) => {
    if (twin === undefined) throw new TypeError(`There is no twin of ${call.id} to write.`);
    return twinEdits(file, path, twin, isAwaited);
  });
}

/** A look and what it is for: each as it stands, or where that cannot be one act without the look. */
function* ofCheckedAct(
  file: FileContext<BlockingOptions>,
  checked: CheckedAct,
  check: Known,
  act: Known,
): Generator<Finding> {
  const apart = ofCall(file, act);
  const one = isRefused(apart) ? unchecked(checked, check.call, act.call) : undefined;
  if (one !== undefined) {
    const blocking: Blocking = {
      at: checked.statement,
      point: act.path.node,
      name: `${check.call.id} and ${act.call.id}`,
      differences: [...act.call.differences, ...one.evidence],
      leaf: { without: spanOf(checked.check) },
    };
    const found = findingOf(file, blocking, () => {
      const { edits, callee } = twinEdits(file, act.path, one.twin, true);
      return { edits: [...edits, ...withoutCheck(file, checked)], callee };
    });
    if (!isRefused(found)) {
      yield found;
      return;
    }
  }
  yield ofCall(file, check);
  yield apart;
}

/** Code that blocks, whatever it is. */
export interface Blocking {
  readonly at: t.Node;
  /** The expression that becomes a promise. */
  readonly point: t.Expression;
  readonly name: string;
  readonly differences: BlockingCall['differences'];
  /** Why there is no form of it that does not block. */
  readonly why?: string;
  readonly leaf?: Leaf;
  /** Whether its value is read off what is awaited. */
  readonly isAlwaysAwaited?: boolean;
}

/** The finding for code that blocks; `write` puts what does not block in its place. */
export function findingOf(
  file: FileContext<BlockingOptions>,
  { at, point, name, differences, why, isAlwaysAwaited = false, leaf = {} }: Blocking,
  write: (isAwaited: boolean) => Written,
): Finding {
  const report = (...evidence: readonly Evidence[]): Finding => ({ at, title: name, evidence });
  const { everywhere } = file.options;
  const here = file.siteOf(at);
  const test = whyTestCode(file, file.facts.packageOf(file.path));
  if (test !== undefined && !everywhere) return report(fails(`Nobody is served meanwhile: ${test}`, here));
  const reach = file.facts.reachOf(file.path, point);
  if (reach === undefined) return report(fails('The call was not found in the program', here));
  const isServing = SERVES.has(reach.by);
  if (!isServing && !everywhere)
    return report(fails(`Nobody is served meanwhile: ${reach.how}`, reach.seenAt));
  if (why !== undefined)
    return report(fails(`There is no form of \`${name}\` here that does not block: ${why}`, here));
  const cone = file.facts.coneOf(file.path, point, leaf);
  if (cone === undefined) return report(fails('The call was not found in the program', here));
  const benefit = isServing ? 'It holds up everybody else' : 'It is asked for everywhere';
  const evidence: readonly Evidence[] = [
    holds(`${benefit}: ${reach.how}`, reach.seenAt),
    ...differences.map(({ verdict, claim }) => ({ verdict, claim })),
    ...ofCone(file, cone),
  ];
  if (evidence.some(isFailure)) return report(...evidence.filter(isFailure));
  const isAwaited = cone.isAwaited || isAlwaysAwaited;
  try {
    const written = write(isAwaited);
    const title = `${name} → ${isAwaited ? 'await ' : ''}${written.callee}${sizeOf(cone)}`;
    return { at, title, evidence, edits: [...written.edits, ...coneEdits(file, cone)] };
  } catch (error) {
    if (!(error instanceof LostPlace)) throw error;
    return report(
      fails('A place that has to change cannot be edited', { path: error.place.path, line: 1 }),
      ...evidence,
    );
  }
}

/** How much changes with the call, for the title. */
function sizeOf({ functions, waits }: Cone): string {
  if (functions.length === 0) return '';
  const files = new Set([...functions, ...waits].map(({ path }) => path)).size;
  const across = files > 1 ? `, in ${files} files` : '';
  return functions.length === 1
    ? ` (1 function becomes async${across})`
    : ` (${functions.length} functions become async${across})`;
}

/** What is known of the cone, with what is shown of its size. */
function* ofCone(file: FileContext<unknown>, cone: Cone): Generator<Evidence> {
  yield* cone.evidence;
  const { functions, waits } = cone;
  if (cone.evidence.some(isFailure)) return;
  if (functions.length === 0) yield holds('The function around it is asynchronous already');
  else {
    const names = functions.slice(0, 4).map(({ name }) => name);
    const more = functions.length > 4 ? ` and ${functions.length - 4} more` : '';
    const where = waits.length === 0 ? '' : `: ${waits.length} call${waits.length === 1 ? '' : 's'} of them`;
    yield holds(
      `Everybody who calls ${names.join(', ')}${more} is known and waits${where}`,
      functions[0]?.seenAt,
    );
  }
  const widest = new Set(functions.map(({ path }) => path)).size;
  if (widest > 20)
    yield assumed(`A change in ${widest} files at once can be reviewed`, file.siteOf({ start: 0, end: 0 }));
}
