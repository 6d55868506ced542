/** Related rows loaded with the rows that a walk goes over, instead of asked for in its turns. */
import type { Relation } from '../facts/orm/schema.ts';
import type { Edit } from '../edits/edit.ts';
import { spanOf } from '../edits/edit.ts';
import { code } from '../edits/code.ts';
import type { Batch } from './batches.ts';
import { rowsOf, type Rows } from './sites.ts';
import type { EagerLoad, File, WrittenLoads } from './query.ts';
import { isNode, type t } from '../syntax/ast.ts';
import type { Binding } from '../syntax/scopes.ts';
import { contains, namesIn, nodesIn, short } from './keys.ts';
import { fateOf } from './uses.ts';
import { isTyped } from './values.ts';

/** A batch whose rows a relation gives. */
export interface Eager {
  readonly batch: Batch;
  readonly rows: Rows;
  readonly relation: Relation;
  /** How a turn calls its row. */
  readonly row: string;
}

const isOnly = (names: readonly string[], name: string): boolean => names.length === 1 && names[0] === name;

/**
 * The relation that joins what a batch compares, or why its rows are not loaded with those of the walk. `loads`: the calls that load
 * a relation of a row, which do not count as seeing the row.
 */
export function eagerOf(
  file: File,
  batch: Batch,
  loads: ReadonlySet<t.Node>,
): Eager | { readonly why: string } {
  const { site, path, walk } = batch;
  const { query, dialect } = site;
  if (dialect.eager === undefined) return { why: 'the library loads no relations' };
  const rows = rowsOf(file, walk.list);
  if (rows?.query.derived !== undefined)
    return { why: `the rows in \`${rows.binding.name}\` are not simply rows: ${rows.query.derived}` };
  if (
    rows === undefined ||
    rows.query.orm !== query.orm ||
    path.length > 1 ||
    walk.element?.type !== 'Identifier'
  )
    return { why: 'the loop does not walk the rows of a query, each under one name' };
  const { element } = walk;
  const named = file.scopes.lookup(file.pathOf<t.Node>(site.whole), element.name)?.identifier.node;
  if (named !== element) return { why: `\`${element.name}\` is another thing where the query stands` };
  const relation = query.loads?.relation ?? relationFor(batch, rows);
  if (relation === undefined)
    return { why: `no relation of \`${rows.query.table}\` is known that joins these columns, and only one` };
  if (!isBeside(rows, batch))
    return { why: `the loop is not always reached after \`${rows.binding.name}\` is asked for` };
  // Rows that a turn fills in are seen with the relation as they are.
  const fills = query.loads !== undefined && query.loads.gives !== 'rows';
  const fate = fateOf(file, rows.binding, { except: loads });
  if (!fills && fate.kind !== 'read')
    return {
      why: `the rows in \`${rows.binding.name}\` are seen elsewhere, with all that they have: \`${short(file.textOf(fate.at))}\``,
    };
  const seen = [...nodesIn(file, file.scopes.functionAround(batch.anchor).node)].find(
    ({ node }) =>
      (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') &&
      node.property.type === 'Identifier' &&
      node.property.name === relation.name &&
      node.object.type === 'Identifier' &&
      node.object.name === element.name &&
      !contains(site.whole, node),
  );
  if (seen !== undefined && !fills)
    return { why: `\`${short(file.textOf(seen.node))}\` is looked at, which would be there now` };
  const model = onlyImportOf(file, batch);
  if (model !== undefined)
    return { why: `\`${model}\` would not be imported any more, and its module may declare what is loaded` };
  return { batch, rows, relation, row: walk.element.name };
}

/** A name whose module of the project is imported for nothing but the query of a batch. */
function onlyImportOf(file: File, { site }: Batch): string | undefined {
  // The modules of a project in TypeScript are named where the library is set up.
  if (site.query.loads !== undefined || isTyped(file)) return undefined;
  for (const { binding } of namesIn(file, site.path.node)) {
    const holder = binding === undefined ? undefined : importOf(file, binding);
    if (binding === undefined || holder === undefined) continue;
    const isUsedElsewhere = [...nodesIn(file, holder)].some(
      (one) =>
        isNode(one, 'Identifier') &&
        file.scopes.lookup(one, one.node.name)?.reads.some(({ node }) => !contains(site.path.node, node)) ===
          true,
    );
    if (!isUsedElsewhere) return binding.name;
  }
  return undefined;
}

/** What imports a name from a module of the project: a statement, or the pattern that a `require` is taken apart by. */
function importOf(file: File, { kind, declaration }: Binding): t.Node | undefined {
  if (kind === 'import' && isNode(declaration.parent, 'ImportDeclaration'))
    return declaration.parent.node.source.value.startsWith('.') ? declaration.parent.node : undefined;
  if (!isNode(declaration, 'VariableDeclarator') || declaration.node.init == null) return undefined;
  return /^require\(['"]\./.test(file.textOf(declaration.node.init)) ? declaration.node.id : undefined;
}

/** The relation that joins the one column that a batch compares with the one that it is compared with. */
function relationFor({ site: { query, dialect }, keys }: Batch, rows: Rows): Relation | undefined {
  const [{ condition, dependence }] = keys;
  const { model } = query;
  const wanted = query.gives === 'count' && dialect.countsWithRows === true ? 'many' : query.gives;
  const column = /^[\w$]+\.([\w$]+)$/.exec(dependence.text)?.[1];
  if (keys.length > 1 || dependence.on !== 'element' || model === undefined || column === undefined)
    return undefined;
  const relation = rows.query.model?.relations.find(
    (one) =>
      one.model === model.name &&
      isOnly(one.from, column) &&
      isOnly(one.to, condition.column) &&
      one.through === undefined &&
      !one.isFiltered &&
      !one.isLazy &&
      one.kind === wanted,
  );
  return relation === undefined || isAmbiguous(rows, relation) ? undefined : relation;
}

/** Whether another relation of the model joins the same columns, so that it is not clear which one is meant. */
const isAmbiguous = ({ query }: Rows, { name, from, to, model }: Relation): boolean =>
  (query.model?.relations ?? []).some(
    (one) =>
      one.name !== name &&
      one.model === model &&
      one.from.join() === from.join() &&
      one.to.join() === to.join(),
  );

/** Whether the walk is reached whenever the query of its rows is: both are statements of one block. */
const isBeside = ({ statement }: Rows, { anchor }: Batch): boolean =>
  statement.parent === anchor.parent && (statement.node.start ?? 0) < (anchor.node.start ?? 0);

/** The edits that load the relations of `eagers`, all of which belong to the rows of one query, with that query. */
export function writeEagers(
  file: File,
  eagers: readonly [Eager, ...Eager[]],
): { readonly written: WrittenLoads; readonly edits: readonly Edit[] } | { readonly why: string } {
  const [{ rows }] = eagers;
  const loads = eagers.map(({ batch: { site, keys }, relation }): EagerLoad =>
    site.query.loads === undefined
      ? { relation, child: site.query, key: keys[0].condition }
      : { relation, child: undefined, key: undefined },
  );
  const { eager } = rows.dialect;
  const written = eager?.(file, rows.query, loads);
  if (written === undefined) return { why: 'its library loads no relations' };
  if ('why' in written) return written;
  const edits: Edit[] = written.replacements.map(({ at, by }) => ({
    file: file.path,
    span: spanOf(at),
    code: code`${by}`,
  }));
  for (const request of written.imports) edits.push(...file.ensureImport(request).edits);
  return { written, edits };
}
