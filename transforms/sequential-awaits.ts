import {
  awaitsInARow,
  defineTransform,
  fails,
  groupsIn,
  together,
  whyMeantInOrder,
  type FileContext,
  type Finding,
  type Group,
  type t,
} from '../src/index.ts';

/**
 * Two calls that wait for the network, a disk or a database, and need nothing of each other, take as long as both of them when
 * one is awaited before the other is begun. Begun together they take as long as the slower one.
 *
 * The calls of one list of statements are taken together with what they do, inferred through the project's own functions
 * and from what is known of libraries. They may begin together when neither needs a value of the other, neither reads what the
 * other writes, the first is no guard that keeps the second from being made, nothing between them leaves early, and they
 * do not run in one transaction or on one connection.
 *
 * Some things cannot be seen in the code that is looked at, and are taken for granted: that a read by an ORM or an HTTP client
 * stays one with the hooks, extensions and interceptors that are installed elsewhere; that a GET does not act; that options
 * which are handed in from outside hold no transaction; that `toString` and getters of other objects change nothing; and
 * that nobody depends on which error is seen when a call fails and a mistake in the program throws as well. What is logged may
 * come in another order; the evidence says so where it is logged between the calls.
 */
export default defineTransform({
  id: 'sequential-awaits',
  summary: 'Begin awaited calls that do not need each other together, with `Promise.all`.',
  sets: ['async'],
  // Two of them.
  prefilter: /\bawait\b[^]*?\bawait\b/,
  *inspect(file) {
    if (file.find('AwaitExpression').length < 2) return;
    const ordered = whyMeantInOrder(file);
    if (ordered !== undefined) yield* leftInOrder(file, ordered);
    else
      for (const statements of listsOf(file))
        for (const group of groupsIn(file, statements)) yield findingOf(file, group);
  },
});

/** The lists of statements of a file: of blocks, of cases, and its own. */
function* listsOf(file: FileContext): Generator<readonly t.Statement[]> {
  for (const { node } of file.find('Program')) yield node.body;
  for (const { node } of file.find('BlockStatement')) yield node.body;
  for (const { node } of file.find('SwitchCase')) yield node.consequent;
}

/** From the first to the last statement of the calls. */
function placeOf({ members }: Group): { readonly start: number; readonly end: number } {
  const statements = members.map(({ step }) => step.statement);
  return {
    start: Math.min(...statements.map(({ start }) => start ?? 0)),
    end: Math.max(...statements.map(({ end }) => end ?? 0)),
  };
}

const titleOf = ({ members }: Group): string => `${members.length} awaits in a row → Promise.all`;

function findingOf(file: FileContext, group: Group): Finding {
  const { whyUntyped } = file.facts;
  if (whyUntyped !== undefined) {
    const claim = `Whether one needs what another does is not known: ${whyUntyped}`;
    return { at: placeOf(group), title: titleOf(group), evidence: [fails(claim)] };
  }
  const { edits, evidence } = together(file, group);
  const shown = [...group.evidence, ...evidence];
  if (!shown.some(({ verdict }) => verdict === 'fails'))
    return { at: placeOf(group), title: titleOf(group), evidence: shown, edits };
  return { at: placeOf(group), title: titleOf(group), evidence: shown };
}

/** All places of a file whose calls are meant in their order are told as one. */
function* leftInOrder(file: FileContext, why: string): Generator<Finding> {
  const places = [...listsOf(file)].filter((statements) => awaitsInARow(file, statements) > 1);
  const at = places[0]?.find((statement) => awaitsInARow(file, [statement]) > 0);
  if (at === undefined) return;
  const title =
    places.length === 1 ? 'awaits in a row' : `awaits in a row, in ${places.length} places of this file`;
  yield { at, title, evidence: [fails(`The calls are meant one after the other: ${why}`)] };
}
