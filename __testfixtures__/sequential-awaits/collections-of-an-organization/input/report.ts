import { factTablesOf, metricsOf, type Context } from './models';

export async function notebookOf(context: Context, kind: string) {
  if (kind === 'experiment') {
    // All that the report speaks of
    // safe: 3 awaits in a row → Promise.all
    const metrics = await metricsOf(context);
    const tables = await factTablesOf(context);
    const groups = await context.models.groups.getAll();

    return { metrics, tables, groups };
  }
  return undefined;
}

interface Block {
  readonly kind: string;
  readonly queryId?: string;
  readonly groupId?: string;
}

export async function dashboardOf(context: Context, blocks: Block[]) {
  // safe: 2 awaits in a row → Promise.all
  const queries = await context.models.queries.getByIds([
    ...new Set(
      blocks
        .filter((block): block is Block & { queryId: string } => block.queryId !== undefined && block.queryId.length > 0)
        .map((block) => block.queryId),
    ),
  ]);
  const groups = await context.models.groups.getByIds([
    ...new Set(
      blocks
        .filter((block): block is Block & { groupId: string } => block.groupId !== undefined && block.groupId.length > 0)
        .map((block) => block.groupId),
    ),
  ]);

  const kinds = [...new Set(blocks.flatMap((block) => (block.kind === 'text' ? [] : [block.kind])))];
  return { queries, groups, kinds };
}
