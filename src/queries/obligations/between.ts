/** Between the query of the rows and the walk nothing may happen that what is loaded earlier now would have to know of. */

import { mentions, runWith } from '../../concurrency/index.ts';
import { assumed, fails, type Evidence } from '../../evidence.ts';
import { conflictsOf } from '../../facts/effects/conflicts.ts';
import { isNode, type t } from '../../syntax/ast.ts';
import type { Batch } from '../batches.ts';
import { contains, namesIn, short, type Name } from '../keys.ts';
import type { File, Query } from '../query.ts';
import type { Rows } from '../sites.ts';
import {
  argumentsOf,
  factWithGetters,
  isOf,
  NAMED_BY_TEXT,
  propertiesIn,
  readByGetters,
  setsOneOf,
  statementsBetween,
} from './reading.ts';
import { isDeletionOf, isSeenBy } from './written-rows.ts';

/**
 * Between the query of the rows and the walk nothing must write what is loaded earlier now, or decide what it is told. `told` below
 * are the names in what the query is handed, those of its keys left out.
 */
export function* whyNothingBetween(file: File, batch: Batch, rows: Rows): Generator<Evidence> {
  const { site, anchor, keys } = batch;
  const moved = site.query.loads === undefined ? [...argumentsOf(site.path.node)] : [];
  const told = moved
    .flatMap((one) => [...namesIn(file, one)])
    .filter(({ path }) => !keys.some(({ condition }) => contains(condition.value, path.node)));
  yield* whyNamesAreSet(file, batch, rows, told);
  for (const one of statementsBetween(rows.statement, anchor)) {
    yield* whyThereAlready(file, one, told);
    yield* whyToldTheSame(file, one, moved, told);
    yield* whyUnwritten(file, one, site.query);
  }
}

/** What the query names must be there where the rows are asked for, and be set no more. */
function* whyNamesAreSet(
  file: File,
  { site }: Batch,
  rows: Rows,
  told: readonly Name[],
): Generator<Evidence> {
  const set = told.find(
    ({ binding }) =>
      binding !== undefined &&
      binding.kind !== 'const' &&
      binding.writes.some(({ node }) => node !== binding.identifier.node),
  );
  if (set !== undefined)
    yield fails(
      `\`${set.path.node.name}\` is set more than once, and would be looked at before the loop`,
      file.siteOf(set.path.node),
    );
  const late = told.find(
    ({ binding }) =>
      (binding?.identifier.node.start ?? -1) >= (rows.statement.node.start ?? 0) &&
      !contains(site.path.node, binding?.identifier.node ?? rows.statement.node),
  );
  if (late !== undefined)
    yield fails(
      `\`${late.path.node.name}\` is not there yet where the rows are asked for`,
      file.siteOf(late.path.node),
    );
  const client = [...namesIn(file, site.path.node)].find(
    ({ binding }) => binding !== undefined && /^(let|var)$/.test(binding.kind) && binding.writes.length > 1,
  );
  if (client !== undefined)
    yield fails(
      `\`${client.path.node.name}\` is set more than once: which it is where the rows are asked for is not known`,
      file.siteOf(client.path.node),
    );
}

/** A statement may look whether what the query is told is there, and leave or refuse where it is not. */
function* whyThereAlready(file: File, statement: t.Node, told: readonly Name[]): Generator<Evidence> {
  // What members are read of in what is handed to the query: `context` of `context.tenant.id`.
  const holders = told
    .filter(({ path }) => isNode(path.parent, 'MemberExpression') && path.key === 'object')
    .map(({ path }) => path.node.name);
  const check = [...runWith(file, statement)].find(
    ({ node }) =>
      node.type === 'CallExpression' &&
      node.arguments.some((argument) => mentions(file.textOf(argument), holders)),
  );
  if (check !== undefined)
    yield fails(
      `\`${short(file.textOf(check.node))}\`, which comes before the loop, may look whether what the query is told is there`,
      file.siteOf(check.node),
    );
  const isMore = told.some(
    ({ path }) => isNode(path.parent, 'MemberExpression') || isNode(path.parent, 'CallExpression'),
  );
  if (!isMore) return;
  const [refusal] = file.facts.codeOf(file.path, statement).thrown;
  if (refusal !== undefined)
    yield fails(
      `\`${short(refusal.text)}\` may be thrown before what the query is told of is there`,
      refusal.seenAt,
    );
  const exit = [...runWith(file, statement)].find(({ node }) =>
    /^(Return|Throw|Break|Continue)Statement$/.test(node.type),
  );
  if (exit !== undefined)
    yield fails(
      'What the query is told may not be there before it is asked for: the code before the loop may leave first',
      file.siteOf(exit.node),
    );
}

/** A statement must not change what the query is told. `moved`: the code that is evaluated before it now. */
function* whyToldTheSame(
  file: File,
  statement: t.Node,
  moved: readonly t.Node[],
  told: readonly Name[],
): Generator<Evidence> {
  const fact = file.facts.codeOf(file.path, statement);
  const gotten = new Set(moved.flatMap((one) => readByGetters(file, one)));
  const looked = new Set(moved.flatMap((one) => propertiesIn(file, one)));
  const changed =
    moved
      .flatMap((part) => [...conflictsOf(factWithGetters(file, part), fact)])
      .find(({ later }) => later.access === 'write')?.later ??
    fact.effects.find(
      (effect) =>
        effect.access === 'write' &&
        (setsOneOf(gotten, effect) ||
          (NAMED_BY_TEXT.test(effect.by) && setsOneOf(looked, effect)) ||
          told.some(({ binding }) => binding !== undefined && isOf(file, effect, binding))),
    );
  if (changed !== undefined)
    yield fails(
      `\`${short(changed.by)}\`, which comes before the loop, changes what the query is told`,
      changed.seenAt,
    );
}

/** A statement must not write the rows that are loaded before it now. */
function* whyUnwritten(file: File, statement: t.Node, query: Query): Generator<Evidence> {
  const { effects, unknown } = file.facts.codeOf(file.path, statement);
  const writes = effects.filter(({ access }) => access === 'write');
  const certain = writes.find(
    (effect) => isSeenBy(query, effect) === 'certain' || isDeletionOf(file, effect, query),
  );
  if (certain !== undefined) {
    yield fails(
      `\`${certain.by}\`, which comes before the loop, writes what would be loaded before it`,
      certain.seenAt,
    );
    return;
  }
  const write = writes.find((effect) => isSeenBy(query, effect) !== undefined);
  const stranger = unknown.find(
    ({ isAwaited, isDropped, guess }) => (isAwaited || isDropped) && guess !== 'read',
  );
  const promise = [...runWith(file, statement)].find(
    ({ node }) =>
      node.type === 'AwaitExpression' && !/^(Call|New|OptionalCall)Expression$/.test(node.argument.type),
  );
  if (write !== undefined)
    yield assumed(
      `\`${write.by}\`, which comes before the loop, writes nothing that is loaded before it now`,
      write.seenAt,
    );
  else if (stranger !== undefined)
    yield assumed(
      `\`${stranger.callee}\`, which comes before the loop, writes nothing that is loaded before it now: ${stranger.why}`,
      stranger.seenAt,
    );
  else if (promise !== undefined || /\$transaction\(\s*[\w$]+\s*[,)]/.test(file.textOf(statement)))
    yield assumed(
      `What is waited for before the loop writes nothing that is loaded before it now: \`${short(file.textOf(promise?.node ?? statement))}\``,
      file.siteOf(promise?.node ?? statement),
    );
}
