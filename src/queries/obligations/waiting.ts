/** The turns must be waited for where the one query is, and the query must save something. */

import { runWith } from '../../concurrency/index.ts';
import { fails, type Evidence } from '../../evidence.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import type { Batch } from '../batches.ts';
import type { RowLoop } from '../loops.ts';
import type { File } from '../query.ts';
import { togetherAround } from '../sites.ts';

/** The turns must be waited for all together, and the result where it is asked for. */
export function* whyWaitedFor({ site, walk, path }: Batch, file: File): Generator<Evidence> {
  const loose = path.find(
    (one) =>
      one.kind === 'callback' && /^(map|flatMap|pMap)$/.test(one.method ?? '') && !areTurnsAwaited(one),
  );
  if (loose !== undefined)
    yield fails(
      'The turns are not waited for all together where they begin, so that one query for them would be waited for earlier; by hand: put the list into `await Promise.all(…)`',
      file.siteOf(loose.path.node),
    );
  if (!site.isWaitedFor)
    yield fails(
      'Its result is not waited for where it is asked: what becomes of the promise is not followed',
      file.siteOf(site.path.node),
    );
  if (walk.kind === 'callback' && walk.method === 'forEach')
    yield fails(
      'Nobody waits for the turns that `forEach` begins; by hand: make it a `for…of` loop first',
      file.siteOf(walk.path.node),
    );
  else if (walk.kind === 'callback' && !/^(map|flatMap|pMap)$/.test(walk.method ?? ''))
    yield fails(
      `\`${walk.method ?? ''}\` is handed promises, which it takes for values`,
      file.siteOf(walk.path.node),
    );
}

/** Whether the turns of a walk are waited for in the expression that begins them. */
const areTurnsAwaited = (walk: RowLoop): boolean =>
  walk.method === 'pMap' ? isNode(walk.path.parent, 'AwaitExpression') : togetherAround(walk) !== undefined;

/** Prisma asks for all `findUnique`s of one tick at once: https://www.prisma.io/docs/orm/prisma-client/queries/query-optimization-performance */
export function* whyPays(file: File, { site, path }: Batch): Generator<Evidence> {
  const { query } = site;
  const [walk] = path;
  if (query.orm !== 'prisma' || !query.method.startsWith('findUnique') || walk === undefined) return;
  const isFirst = walk.path.node === site.walks[0]?.path.node && !hasAwaitBefore(file, site.path, walk.body);
  if (isFirst && togetherAround(walk) !== undefined)
    yield fails(
      'Nothing is gained: Prisma already sends the `findUnique` calls that begin together as one query',
      file.siteOf(site.path.node),
    );
}

/** Whether a turn waits for something before it comes to `path`. */
const hasAwaitBefore = (file: File, path: Path, body: t.Node): boolean =>
  [...runWith(file, body)].some(
    ({ node }) => node.type === 'AwaitExpression' && (node.end ?? 0) <= (path.node.start ?? 0),
  );
