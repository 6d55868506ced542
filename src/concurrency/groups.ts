import { assumed, fails, holds, isAtLeast, safetyOf, type Evidence, type Safety } from '../evidence.ts';
import { conflictsOf, nameOf } from '../facts/effects/conflicts.ts';
import type { CodeFact, Effect } from '../facts/effects/effect.ts';
import type { Path, t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';
import { whyQueriesAreApart } from './builders.ts';
import { stepsOf, type AwaitedCall, type Step } from './awaits.ts';
import {
  externalWrites,
  isDataFlow,
  whyMemoryIsInTime,
  whyMemoryStays,
  whyNoGuard,
  whyOneErrorIsSeen,
  whyOnlyReads,
  whyOrderIsFree,
  type Judged,
} from './judgement.ts';
import { calleeTextOf } from './names.ts';
import { whyBeginsCleanly } from './throwing.ts';
import { changingRead, isUnseenName, seenWrite, triesAround } from './visibility.ts';

type File = FileContext<unknown>;

/** A call that would begin together with others. */
export interface Member extends Judged {
  readonly step: Step;
  readonly awaited: AwaitedCall;
}

/** Calls that may begin together, or the reason why they may not. */
export interface Group {
  readonly members: readonly Member[];
  /** Statements that have to stand before the group, in their order. */
  readonly moved: readonly t.Statement[];
  readonly evidence: readonly Evidence[];
}

/** A statement that stands between the calls of a group. */
interface Between extends Judged {
  readonly step: Step;
  /** The call in it, where it is one that did not join. */
  readonly awaited: AwaitedCall | undefined;
  moves: boolean;
}

/** How many statements further down a call may be to join. */
const REACH = 24;

interface Entry {
  readonly step: Step;
  readonly awaited: AwaitedCall | undefined;
}

/** The calls and the other statements of a list, in order. */
const entriesOf = (steps: readonly Step[]): readonly Entry[] =>
  steps.flatMap((step): readonly Entry[] =>
    step.awaited.length === 0
      ? [{ step, awaited: undefined }]
      : step.awaited.map((awaited) => ({ step, awaited })),
  );

/** Whether what stands between may go first: it only computes what it declares. */
function isMovable({ step, fact, awaited }: Between): boolean {
  if (awaited !== undefined || step.exit !== undefined || step.statement.type !== 'VariableDeclaration')
    return false;
  if (/using/.test(step.statement.kind)) return false;
  const isQuiet = fact.effects.every(
    ({ access, resource }) =>
      resource.kind === 'log' ||
      (access === 'read' &&
        resource.kind !== 'time' &&
        resource.kind !== 'random' &&
        (resource.kind === 'variable' || resource.kind === 'field')) ||
      (access === 'write' && resource.kind === 'variable'),
  );
  return (
    isQuiet &&
    fact.unknown.every(({ isAwaited, isDropped, guess }) => !isAwaited && !isDropped && guess !== 'write') &&
    fact.thrown.length === 0 &&
    fact.io === 'no' &&
    fact.pacing.length === 0
  );
}

/** What a fact says beside what others say already. */
function without(fact: CodeFact, others: readonly CodeFact[]): CodeFact {
  const known = new Set(
    others.flatMap(({ effects, unknown, thrown, pacing }) =>
      [effects, unknown, thrown, pacing].flat().map((one) => JSON.stringify(one)),
    ),
  );
  const isNew = (one: unknown): boolean => !known.has(JSON.stringify(one));
  return {
    ...fact,
    effects: fact.effects.filter(isNew),
    unknown: fact.unknown.filter(isNew),
    thrown: fact.thrown.filter(isNew),
    pacing: fact.pacing.filter(isNew),
  };
}

/** Finds the calls of one list of statements that may begin together. */
class Grouping {
  private readonly file: File;
  private readonly facts = new Map<t.Node, CodeFact>();
  private readonly inTry: Path<t.TryStatement> | undefined;

  constructor(file: File, first: t.Statement) {
    this.file = file;
    [this.inTry] = triesAround(file, first);
  }

  private factOf(node: t.Node): CodeFact {
    const known = this.facts.get(node) ?? this.file.facts.codeOf(this.file.path, node);
    this.facts.set(node, known);
    return known;
  }

  private memberOf(step: Step, awaited: AwaitedCall): Member {
    const { call, unit } = awaited;
    return {
      step,
      awaited,
      name: calleeTextOf(call, (node) => this.file.textOf(node)),
      fact: this.factOf(unit),
    };
  }

  /** The largest group from `head` on in which everything is at least of the level `bar`; what stood in the way of the next one. */
  grow(
    entries: readonly Entry[],
    head: number,
    taken: ReadonlySet<AwaitedCall>,
    bar: Safety,
  ): { group: Group; blocked: Group | undefined } | undefined {
    const first = entries[head];
    if (first?.awaited === undefined) return undefined;
    const begin = this.memberOf(first.step, first.awaited);
    if (begin.fact.io === 'no' || this.needsOwnStatement(begin)) return undefined;
    const members: Member[] = [begin];
    // What the statement of the first call binds before it stays behind the group.
    const between: Between[] = entries
      .slice(0, head)
      .filter(({ step, awaited }) => step === first.step && awaited?.use !== 'inside')
      .map(({ step, awaited }) => ({
        step,
        awaited,
        name: this.nameOf(step),
        fact: this.factOf(awaited?.unit ?? step.statement),
        moves: false,
      }));
    // What runs before it in its own statement may fail, and it would have begun then.
    const isLifted = [...this.evaluatedBefore(first.awaited)].some((before) => {
      const { io, thrown } = this.factOf(before);
      return io !== 'no' || thrown.length > 0;
    });
    const own = [
      ...whyOnlyReads(begin),
      ...this.whyLiftable(begin, begin),
      ...(isLifted ? this.whyMemory(begin) : []),
    ];
    let evidence: Evidence[] = own;
    let blocked: Group | undefined;
    let exit: t.Node | undefined;
    for (const { step, awaited } of entries.slice(head + 1, head + REACH)) {
      const last = members.at(-1);
      if (
        last !== undefined &&
        last.step !== step &&
        last.awaited.use === 'inside' &&
        between.at(-1)?.step !== last.step
      ) {
        // The statement that a call is lifted out of stays where it is.
        const { statement } = last.step;
        between.push({
          step: last.step,
          awaited: last.awaited,
          name: this.nameOf(last.step),
          fact: this.factOf(statement),
          moves: false,
        });
      }
      if (last !== undefined && last.step !== step && last.step.exit !== undefined) exit ??= last.step.exit;
      const isCandidate = awaited !== undefined && !taken.has(awaited);
      if (isCandidate) {
        const next = this.memberOf(step, awaited);
        const shown = next.fact.io === 'no' ? undefined : this.whyJoins(next, members, between, exit);
        if (shown !== undefined) {
          const all = [...evidence, ...shown.evidence];
          if (isAtLeast(safetyOf([holds('.'), ...all]), bar)) {
            members.push(next);
            for (const one of shown.moving) one.moves = true;
            evidence = all;
            continue;
          }
          blocked ??= { members: [begin, next], moved: [], evidence: [...own, ...shown.evidence] };
        }
      }
      if (exit !== undefined) break;
      exit = step.exit;
      const code = awaited?.unit ?? step.statement;
      between.push({
        step,
        awaited,
        name: this.nameOf(step),
        fact: this.factOf(awaited?.use === 'inside' ? step.statement : code),
        moves: false,
      });
    }
    const moved = between.filter(({ moves }) => moves).map(({ step }) => step.statement);
    const pace = between.flatMap(({ fact }) => fact.pacing)[0];
    if (pace !== undefined && members.length > 1)
      evidence = [
        ...evidence,
        assumed(`The pace that \`${pace.by}\` sets is not meant for these calls`, pace.seenAt),
      ];
    return { group: { members, moved, evidence }, blocked };
  }

  /** The code that is evaluated before a call in its own statement. */
  private *evaluatedBefore({ path, use }: AwaitedCall): Generator<t.Node> {
    if (use === 'assigned' || use === 'dropped') return;
    const start = path.node.start ?? 0;
    for (
      let at: Path = path;
      at.parent !== null && !/Statement$|^Export\w+$|^Program$/.test(at.parent.node.type);
      at = at.parent
    ) {
      const { node } = at.parent;
      if (node.type === 'VariableDeclarator' || (node.type === 'ObjectProperty' && at.key === 'value'))
        continue;
      for (const value of Object.values(node) as unknown[]) {
        for (const one of [value].flat()) {
          if (typeof one !== 'object' || one === null || !('type' in one) || !('end' in one)) continue;
          const before = one as t.Node;
          if (
            (before.end ?? 0) > start ||
            /^Comment|(Literal|Function\w*|Pattern|TemplateElement)$/.test(before.type)
          )
            continue;
          if (before.type === 'MemberExpression' && at.key === 'property') continue;
          yield before;
        }
      }
    }
  }

  /** Whether a call needs what its own statement has bound or assigned before it. */
  private needsOwnStatement({ awaited, fact }: Member): boolean {
    for (const before of this.evaluatedBefore(awaited))
      if (conflictsOf(this.factOf(before), fact).some((one) => isDataFlow(one, this.file.path))) return true;
    return false;
  }

  /** What is evaluated before a call in its own statement would come after it; what is awaited from `first` on is judged by itself. */
  private *whyLiftable({ awaited, name, fact, step }: Member, first: Member): Generator<Evidence> {
    const from = first.awaited.path.node.start ?? 0;
    const judged = step.awaited
      .filter(({ path }) => (path.node.start ?? 0) >= from && path !== awaited.path)
      .map(({ unit }) => this.factOf(unit));
    for (const before of this.evaluatedBefore(awaited)) {
      const earlier: Judged = {
        name: this.file.textOf(before).replace(/\s+/g, ' ').slice(0, 50),
        fact: without(this.factOf(before), judged),
      };
      const [conflict] = conflictsOf(earlier.fact, fact);
      if (conflict !== undefined)
        yield fails(
          `\`${earlier.name}\` is evaluated before \`${name}\` and touches ${nameOf(conflict.earlier.resource)} too`,
          this.file.siteOf(before),
        );
      yield* this.whyReadAtAnotherMoment({ ...earlier, step });
      yield* this.whyChangedLate({ ...earlier, step });
      yield* this.whyMayPass(earlier);
    }
  }

  private nameOf({ statement }: Step): string {
    const text = this.file.textOf(statement).replace(/\s+/g, ' ').replaceAll('`', "'");
    return text.length > 50 ? `${text.slice(0, 49)}…` : text;
  }

  /** What must hold so that `next` begins with `members`; undefined where it needs one of them. */
  private whyJoins(
    next: Member,
    members: readonly Member[],
    between: readonly Between[],
    exit: t.Node | undefined,
  ): { evidence: readonly Evidence[]; moving: readonly Between[] } | undefined {
    if (this.needsOwnStatement(next)) return undefined;
    for (const member of members)
      if (conflictsOf(member.fact, next.fact).some((one) => isDataFlow(one, this.file.path)))
        return undefined;
    const evidence: Evidence[] = [];
    const moving = new Set<Between>();
    const needs: Judged[] = [next];
    for (const one of between.toReversed()) {
      if (one.moves) continue;
      if (one.step === next.step && one.awaited === undefined) continue;
      const conflicts = needs.flatMap((later) => conflictsOf(one.fact, later.fact));
      const conflict = conflicts.find((each) => isDataFlow(each, this.file.path)) ?? conflicts[0];
      if (conflict === undefined) {
        evidence.push(
          ...this.whyMayPass(one),
          ...this.whyReadAtAnotherMoment(one),
          ...this.whyChangedLate(one),
        );
        continue;
      }
      const isFree =
        isMovable(one) && members.every((member) => conflictsOf(member.fact, one.fact).length === 0);
      if (isFree) {
        moving.add(one);
        needs.push(one);
        evidence.push(...this.whyReadAtAnotherMoment(one));
      } else if (isDataFlow(conflict, this.file.path)) return undefined;
      else
        evidence.push(
          fails(
            `\`${one.name}\` stands between them and touches ${nameOf(conflict.earlier.resource)} too`,
            conflict.earlier.seenAt,
          ),
        );
    }
    if (exit !== undefined) {
      evidence.push(
        fails(
          `\`${this.file.textOf(exit).replace(/\s+/g, ' ').slice(0, 60)}\` may leave before \`${next.name}\` is called`,
          this.file.siteOf(exit),
        ),
      );
    }
    evidence.push(...whyOnlyReads(next));
    for (const member of members) {
      evidence.push(...whyOrderIsFree(member, next));
      evidence.push(...whyQueriesAreApart(this.file, member.awaited.call, next.awaited.call));
      evidence.push(...whyOneErrorIsSeen(member, next));
      if (member === members.at(-1)) {
        evidence.push(...whyNoGuard(member, member.awaited.use === 'dropped'));
        if (member.awaited.use === 'dropped' && externalWrites(member.fact).length === 0)
          evidence.push(
            assumed(
              `\`${member.name}\`, whose result nobody uses, need not be done before \`${next.name}\` begins`,
            ),
          );
        evidence.push(...this.whyAssignedLate(member));
      }
    }
    evidence.push(
      ...this.whyLiftable(next, members[0] ?? next),
      ...this.whyMemory(next),
      ...(members.length === 1 ? members : []).flatMap((member) => [
        ...whyMemoryIsInTime(member, (effect) => this.isOfTarget(member, effect)),
      ]),
      ...whyBeginsCleanly(this.file, next.awaited.call, {
        start: (members[0] ?? next).step.statement.start ?? 0,
        calls: members.map(({ awaited }) => awaited.call),
      }),
    );
    return { evidence, moving: [...moving] };
  }

  /** What stays behind the calls, or goes before them, reads what it reads at another moment. */
  private *whyReadAtAnotherMoment({
    name,
    fact,
    step,
  }: Judged & { readonly step: Step }): Generator<Evidence> {
    const read = changingRead(this.file, fact.effects, step.statement);
    if (read !== undefined)
      yield assumed(
        `\`${name}\` may read ${nameOf(read.resource)} at another moment, as the calls run at once`,
        read.seenAt,
      );
  }

  /** What a statement between the calls changes is not changed when a call that now goes before it fails. */
  private *whyChangedLate({ name, fact, step }: Judged & { readonly step: Step }): Generator<Evidence> {
    const write = seenWrite(this.file, fact.effects, step.statement);
    if (write !== undefined)
      yield assumed(
        `Nobody minds that \`${name}\` does not change ${nameOf(write.resource)} when a call after it fails`,
        write.seenAt,
      );
  }

  /** What stays behind while a call goes before it must not be what decides whether the call is made. */
  private *whyMayPass({ name, fact }: Judged): Generator<Evidence> {
    const [refusal] = fact.thrown;
    if (refusal !== undefined)
      yield fails(
        `\`${name}\` stands between them and throws on purpose: \`${refusal.text}\``,
        refusal.seenAt,
      );
    const [write] = externalWrites(fact);
    if (write !== undefined)
      yield fails(`\`${name}\` stands between them and writes ${nameOf(write.resource)}`, write.seenAt);
    const [pace] = fact.pacing;
    if (pace !== undefined)
      yield fails(`\`${name}\` stands between them and sets the pace: \`${pace.by}\``, pace.seenAt);
    for (const { callee, isAwaited, isDropped, guess, why, seenAt } of fact.unknown) {
      if ((isAwaited || isDropped) && guess !== 'read') {
        yield fails(`Nothing is known of \`${callee}\`, which stands between them: ${why}`, seenAt);
        return;
      }
    }
    const log = fact.effects.find(({ resource }) => resource.kind === 'log');
    if (log !== undefined) yield holds(`What \`${log.by}\` logs comes when the calls are done`, log.seenAt);
    const [unknown] = fact.unknown;
    if (unknown !== undefined)
      yield assumed(
        `\`${unknown.callee}\`, which stands between them, only computes: ${unknown.why}`,
        unknown.seenAt,
      );
  }

  private *whyMemory(next: Member): Generator<Evidence> {
    yield* whyMemoryStays(next, (effect) => this.isOfTarget(next, effect));
  }

  /** Whether it is the write of what the result is bound or assigned to: that is done once all calls are. */
  private isOfTarget(member: Member, { resource, seenAt, by }: Effect): boolean {
    const { use, target } = member.awaited;
    if (seenAt.path !== this.file.path || target === undefined) return false;
    return resource.kind === 'variable'
      ? use !== 'inside' && this.isTarget(member, resource.name)
      : by === this.file.textOf(target).replace(/\s+/g, ' ');
  }

  private isTarget({ awaited, step }: Member, name: string): boolean {
    const holder = awaited.use === 'assigned' ? awaited.target : step.statement;
    if (holder === undefined) return false;
    return new RegExp(`(^|[^\\w$])${name.replaceAll('$', '\\$')}([^\\w$]|$)`).test(this.file.textOf(holder));
  }

  /** An assignment is made only when all calls are done: who sees the variable when one of them fails sees the old value. */
  private *whyAssignedLate({ awaited, step, name }: Member): Generator<Evidence> {
    const { target, use } = awaited;
    const isVar = step.statement.type === 'VariableDeclaration' && step.statement.kind === 'var';
    if (target === undefined || (use !== 'assigned' && !isVar)) return;
    if (target.type === 'Identifier' && isUnseenName(this.file, target, step.statement)) return;
    yield assumed(
      `Nobody sees \`${this.file.textOf(target)}\` when a call after \`${name}\` fails: it is set only when all are done`,
      this.file.siteOf(target),
    );
  }

  /** What is said of a whole group beside what is said of its calls. */
  *whyTogether({ members }: Group): Generator<Evidence> {
    const names = members.map(({ name }) => `\`${name}\``);
    yield holds(
      `Nothing that one of ${names.length > 3 ? `the ${names.length} calls` : names.join(', ')} needs comes from another one`,
    );
    if (this.inTry !== undefined) yield holds('One `try` holds them all', this.file.siteOf(this.inTry.node));
    yield holds(
      'If several of them fail, the error that comes first is thrown, and the others are not waited for',
    );
    if (members.some(({ fact }) => fact.effects.some(({ resource }) => resource.kind === 'log')))
      yield holds('What they log may come in another order');
  }
}

/** The same claim is told once, however many calls it is true of. */
const eachOnce = (evidence: readonly Evidence[]): readonly Evidence[] => [
  ...new Map(evidence.map((one) => [`${one.verdict} ${one.claim}`, one])).values(),
];

/**
 * The calls in a list of statements that may begin together: first those of which everything is proved, then those that a
 * person has to look at. Where two calls in a row need nothing of each other and yet may not, that is told with the reason.
 */
export function* groupsIn(file: File, statements: readonly t.Statement[]): Generator<Group> {
  const entries = entriesOf(stepsOf(file, statements));
  const [first] = statements;
  if (first === undefined || entries.filter(({ awaited }) => awaited !== undefined).length < 2) return;
  const grouping = new Grouping(file, first);
  const taken = new Set<AwaitedCall>();
  const reports: { readonly group: Group; readonly calls: readonly AwaitedCall[] }[] = [];
  for (const [head, { awaited }] of entries.entries()) {
    if (awaited === undefined || taken.has(awaited)) continue;
    const strict = grouping.grow(entries, head, taken, 'safe');
    if (strict === undefined) continue;
    const grown = strict.group.members.length > 1 ? strict : grouping.grow(entries, head, taken, 'review');
    if (grown === undefined) continue;
    const { group, blocked } = grown;
    if (group.members.length > 1) {
      for (const member of group.members) taken.add(member.awaited);
      yield { ...group, evidence: eachOnce([...grouping.whyTogether(group), ...group.evidence]) };
    } else if (blocked !== undefined)
      reports.push({
        group: { ...blocked, evidence: eachOnce(blocked.evidence) },
        calls: blocked.members.map((member) => member.awaited),
      });
  }
  for (const { group, calls } of reports) if (calls.every((one) => !taken.has(one))) yield group;
}
