import {
  assumed,
  awaitedForEach,
  awaitsInTurn,
  besideEachOther,
  defineTransform,
  fails,
  isChained,
  isInAsync,
  isNode,
  loopsOf,
  splitTurn,
  turnFactsOf,
  whyMeantInOrder,
  hasMap,
  whyNoneWaits,
  whyTurnsAreFree,
  type FileContext,
  type Finding,
  type ListLoop,
  type LoopOptions,
  type OtherLoop,
  type Path,
  type t,
} from '../src/index.ts';

type Options = { concurrency: number; limiter: string };

/**
 * A loop that awaits a call in every turn takes as long as all calls one after the other. Where no turn needs another one,
 * they can run beside each other, a bounded number at once, and their results still come in the order of the list.
 *
 * A turn is split where it has to be: what waits runs beside other turns, and what changes something outside of the loop
 * stays in a plain loop over the results. Loops whose turns build on each other (cursors, retries, polling, transactions,
 * migrations) are left alone, with the reason.
 *
 * What cannot be seen in the code that is looked at is taken for granted as `sequential-awaits` does; besides, that the array
 * that is walked has no holes, and that a list which is handed in does not grow while the loop waits.
 */
export default defineTransform<Options>({
  id: 'await-in-loop',
  summary: 'Run the turns of a loop that awaits beside each other, a bounded number at once.',
  sets: ['async'],
  // Anchored, so that a text in which one is missing is walked once.
  prefilter: /^(?=[^]*\b(?:await|async|then)\b)(?=[^]*\b(?:for|while|do|reduce|forEach)\b)/,
  defaults: { concurrency: 10, limiter: 'auto' },
  optionHelp: {
    concurrency: 'How many turns run at once; a list that is known to be no longer is not bounded',
    limiter: 'What bounds them: p-map, p-limit, none, or auto: what the package depends on, else p-map',
  },
  optionChoices: { limiter: ['auto', 'p-map', 'p-limit', 'none'] },
  *inspect(file) {
    const ordered = whyMeantInOrder(file);
    for (const loop of loopsOf(file)) {
      if (ordered !== undefined)
        yield reported(file, loop, `Its turns are meant one after the other: ${ordered}`);
      else if ('why' in loop)
        yield reported(file, loop, `Its turns need each other: ${loop.why}`, loop.byHand);
      else yield* ofList(file, loop);
    }
    for (const path of file.find('CallExpression')) {
      const finding = ofForEach(file, path) ?? ofReduce(file, path);
      if (finding !== undefined) yield finding;
    }
  },
});

function reported(
  file: FileContext<Options>,
  { path }: ListLoop | OtherLoop,
  why: string,
  byHand?: string,
): Finding {
  const claim = byHand === undefined ? why : `${why}; by hand: ${byHand}`;
  return { at: path.node, title: 'await in a loop', evidence: [fails(claim, file.siteOf(path.node))] };
}

function* ofList(file: FileContext<Options>, loop: ListLoop): Generator<Finding> {
  if (awaitsInTurn(file, loop.path.node).length === 0) {
    yield reported(
      file,
      loop,
      'A `for await` over what is no stream waits between turns for nothing',
      'walk it with `for…of`',
    );
    return;
  }
  const turn = splitTurn(file, loop);
  if ('why' in turn) {
    yield reported(file, loop, `The turns cannot be split: ${turn.why}`);
    return;
  }
  const { whyUntyped } = file.facts;
  if (whyUntyped !== undefined) {
    yield reported(file, loop, `Whether its turns need each other is not known: ${whyUntyped}`);
    return;
  }
  const facts = turnFactsOf(file, turn);
  if (facts.beside.io === 'no') return;
  const evidence = [...whyTurnsAreFree(file, loop, turn, facts)];
  if (evidence.some(({ verdict }) => verdict === 'fails')) {
    yield { at: loop.path.node, title: 'await in a loop', evidence };
    return;
  }
  const options: LoopOptions = file.options;
  const { to, edits, evidence: more } = besideEachOther(file, loop, turn, options);
  yield { at: loop.path.node, title: `await in a loop → ${to}`, evidence: [...evidence, ...more], edits };
}

/** `list.forEach(async …)` begins all turns at once and waits for none of them. */
function ofForEach(file: FileContext<Options>, path: Path<t.CallExpression>): Finding | undefined {
  const { callee, arguments: args } = path.node;
  const [callback] = args;
  const isForEach =
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'forEach';
  const isAsync =
    (callback?.type === 'ArrowFunctionExpression' || callback?.type === 'FunctionExpression') &&
    callback.async;
  if (!isForEach || !isAsync || args.length !== 1 || !isNode(path.parent, 'ExpressionStatement'))
    return undefined;
  const at = { at: path.node, title: 'forEach(async …) → await Promise.all' };
  if (!isInAsync(file, path)) {
    const claim =
      'Nobody waits for what the turns do, and an error in one of them is never caught; by hand: make the function around it async';
    return { ...at, evidence: [fails(claim, file.siteOf(path.node))] };
  }
  const why = whyNoneWaits(file, path);
  if (why !== undefined) return { ...at, evidence: [fails(why, file.siteOf(path.node))] };
  const claim =
    'What follows is meant to wait for the turns, which nobody waits for now, and to hear of their errors';
  const evidence = [assumed(claim, file.siteOf(path.node)), ...hasMap(file, path)];
  return { ...at, evidence, edits: awaitedForEach(file, path) };
}

/** `list.reduce(…)` whose callback waits for what the one before it gave: a loop in disguise. */
function ofReduce(file: FileContext<Options>, path: Path<t.CallExpression>): Finding | undefined {
  if (!isChained(file, path)) return undefined;
  const claim =
    'Each call begins when the one before is done, through what `reduce` hands on; by hand: a `for…of` loop if a call needs what was before, else `map` in `Promise.all` or `pMap`';
  return {
    at: path.node,
    title: 'a chain of awaits by reduce',
    evidence: [fails(claim, file.siteOf(path.node))],
  };
}
