/** What the turns do must leave what the queries of later turns find as it is, and fail as before. */

import { seenWrite } from '../../concurrency/index.ts';
import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import type { CodeFact } from '../../facts/effects/effect.ts';
import { isNode, type Path } from '../../syntax/ast.ts';
import type { Batch } from '../batches.ts';
import { short } from '../keys.ts';
import { earlyEndOf } from '../loops.ts';
import { named } from '../names.ts';
import type { File } from '../query.ts';
import { columnRead } from './key-columns.ts';
import { isWithin } from './reading.ts';
import { isDeletionOf, isSeenBy, tableOf } from './written-rows.ts';

/** What all turns together do. */
export const factOfTurns = (file: File, { walk }: Batch): CodeFact => file.facts.codeOf(file.path, walk.body);

/** No turn may change what the query of a later one finds. */
export function* whyRowsStay(file: File, batch: Batch): Generator<Evidence> {
  const { query } = batch.site;
  const { effects, unknown, pacing } = factOfTurns(file, batch);
  const writes = effects.filter(({ access, resource }) => access === 'write' && resource.kind === 'table');
  const certain = writes.find((effect) => isSeenBy(query, effect) === 'certain');
  if (certain !== undefined) {
    yield fails(
      `\`${certain.by}\` writes rows of \`${tableOf(certain)}\` in a turn, which the query of a later one sees`,
      certain.seenAt,
    );
    return;
  }
  const deletion = writes.find((effect) => isDeletionOf(file, effect, query));
  if (deletion !== undefined) {
    yield fails(
      `\`${deletion.by}\` deletes rows of \`${tableOf(deletion)}\` in a turn, and the schema says what then becomes of rows of \`${query.table}\`, which the query of a later one sees`,
      deletion.seenAt,
    );
    return;
  }
  const possible = writes.find((effect) => isSeenBy(query, effect) !== undefined);
  if (possible !== undefined)
    yield assumed(
      `\`${possible.by}\` writes nothing that \`${named(query)}\` looks at in a later turn`,
      possible.seenAt,
    );
  const [pace] = pacing;
  if (pace !== undefined)
    yield assumed(
      `Nothing is waited for on purpose before the query of a later turn, as \`${pace.by}\` does`,
      pace.seenAt,
    );
  const isOwn = isWithin(file, batch.site.path.node);
  const one = unknown.find(
    ({ isAwaited, isDropped, guess, seenAt }) =>
      (isAwaited || isDropped) && guess !== 'read' && !isOwn(seenAt),
  );
  if (one !== undefined)
    yield assumed(
      `\`${one.callee}\` leaves the rows of \`${query.table}\` as they are: ${one.why}`,
      one.seenAt,
    );
  else if (possible !== undefined) return;
  else if (writes.length === 0) yield holds(`No turn writes rows that the query of a later one sees`);
  else yield holds(`No turn writes rows of \`${query.table}\``);
}

/** What is done where a query fails must be done as before, and rows be asked for only where turns come to them. */
export function* whyErrors(file: File, batch: Batch): Generator<Evidence> {
  const { site, walk } = batch;
  for (let at: Path = site.path; at.parent !== null && at.parent !== walk.path; at = at.parent) {
    if (isNode(at.parent, 'TryStatement') && at.key === 'block') {
      yield fails(
        'An error of the query is caught in each turn; by hand: decide what an error of the one query means, and catch it before the loop',
        file.siteOf(at.parent.node),
      );
      return;
    }
  }
  yield* whyNoneIsCountedOn(file, batch);
  const end = earlyEndOf(file, walk);
  if (end !== undefined)
    yield assumed(
      'The loop usually comes to its end: rows are now asked for all turns, and it may end before the last one',
      file.siteOf(end),
    );
}

/** A key that the database refuses fails all turns now, and not only those from its own on. */
function* whyNoneIsCountedOn(file: File, batch: Batch): Generator<Evidence> {
  const { walk, keys, site } = batch;
  const odd = keys.find((key) => {
    const declared = site.query.model?.columns.find((one) => one.name === key.condition.column);
    return declared?.type !== 'string' && columnRead(file, key, batch) === undefined;
  });
  if (odd === undefined) return;
  const { effects } = factOfTurns(file, batch);
  const seen =
    effects.find(
      ({ access, resource }) => access === 'write' && /^(table|file|host|store|process)$/.test(resource.kind),
    ) ?? seenWrite(file, effects, walk.path.node);
  if (seen === undefined) return;
  yield assumed(
    `No \`${short(file.textOf(odd.condition.value))}\` is refused by the database: what the turns before do, as \`${short(seen.by)}\`, would not be done any more`,
    seen.seenAt,
  );
}
