/** Applies the calls on a schema that follow its declaration. */

import { ts } from 'ts-morph';
import { isFunctionNode, isMember, memberName } from '../../../effects/symbols.ts';
import { isAtOrBelow, removePath, type Draft } from './draft.ts';
import type { Schemas } from './schemas.ts';
import { HANDED_OVER, type Statement } from './uses.ts';
import { pluginName, written } from './written.ts';

/** Changes a draft as a call on its schema does: https://mongoosejs.com/docs/api/schema.html */
export function applyStatement(schemas: Schemas, draft: Draft, { name, call, on }: Statement): void {
  const [first, second] = call.arguments;
  if (on !== undefined) {
    applyToPart(schemas, draft, name, call, on);
    return;
  }
  if (isConditional(call) && /^(?:add|path|index|remove|set)$/.test(name)) {
    draft.unread.push(`\`${written(call)}\`, which runs under a condition`);
    return;
  }
  switch (name) {
    case HANDED_OVER:
      draft.unread.push(`what \`${written(call)}\` changes`);
      return;
    case 'index':
      schemas.declarations.addIndex(draft, first, second);
      return;
    case 'pre':
    case 'post':
      for (const event of schemas.declarations.eventsOf(first)) draft.hooks.add(`${name} ${event}`);
      return;
    case 'plugin':
      draft.hooks.add(pluginName(first));
      return;
    case 'virtual': {
      const named = schemas.origins.textOf(first);
      if (named === undefined) draft.unread.push(`the virtual \`${written(first)}\``);
      else schemas.declarations.addVirtual(draft, named, second);
      return;
    }
    case 'add':
      if (first !== undefined) schemas.add(draft, first, schemas.origins.textOf(second) ?? '');
      return;
    case 'path': {
      const path = schemas.origins.textOf(first);
      if (second === undefined) return;
      if (path === undefined) draft.unread.push(`the path \`${written(first)}\``);
      else schemas.definePath(draft, path, second);
      return;
    }
    case 'set': {
      const key = schemas.origins.textOf(first);
      if (key === undefined) draft.unread.push(`the option \`${written(first)}\``);
      else if (second !== undefined) draft.options.set(key, second);
      return;
    }
    case 'alias':
      for (const alias of schemas.declarations.textsOf(second) ?? []) draft.virtuals.add(alias);
      return;
    case 'loadClass':
      schemas.declarations.addAccessors(draft, schemas.origins.nodeOf(first));
      return;
    case 'remove': {
      const paths = schemas.declarations.textsOf(first);
      if (paths === undefined) draft.unread.push(`the paths that \`${written(call)}\` removes`);
      for (const path of Array.from(draft.columns.keys()))
        if (paths?.some((one) => isAtOrBelow(path, one)) ?? false) removePath(draft, path);
      return;
    }
    case 'removeIndex':
    case 'clearIndexes':
      draft.indexes.length = 0;
      if (name === 'removeIndex') draft.pathIndexes.clear();
      draft.unread.push(`the indexes that \`${written(call)}\` removes`);
      return;
    case 'discriminator':
      draft.unread.push(`the discriminator \`${written(first)}\``);
      return;
    default:
  }
}

/** `schema.path('email').unique(true)`, `schema.virtual('name').get(…)` */
function applyToPart(
  schemas: Schemas,
  draft: Draft,
  name: string,
  call: ts.CallExpression,
  on: ts.CallExpression,
): void {
  const part = schemas.origins.textOf(on.arguments[0]);
  const isVirtual = isMember(on.expression) && memberName(on.expression) === 'virtual';
  if (part === undefined) {
    if (!isVirtual) draft.unread.push(`what \`${written(call)}\` changes`);
    return;
  }
  if (isVirtual) {
    // A relation that is read through a getter; other virtuals are known as such.
    if (draft.references.has(part) && name === 'get') draft.hooks.add(`get ${part}`);
    return;
  }
  const column = draft.columns.get(part);
  if (column === undefined || name === 'discriminator' || isConditional(call)) {
    draft.unread.push(`what \`${written(call)}\` changes`);
    return;
  }
  const value: ts.Node = call.arguments[0] ?? ts.factory.createTrue();
  schemas.declarations.setPathOptions(draft, column, new Map([[name, value]]), false);
}

/** Whether a call may be left out when the code around it runs. */
function isConditional(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at) && !isFunctionNode(at); at = at.parent)
    if (
      ts.isIfStatement(at) ||
      ts.isConditionalExpression(at) ||
      ts.isIterationStatement(at, false) ||
      ts.isCaseOrDefaultClause(at) ||
      ts.isCatchClause(at) ||
      (ts.isBinaryExpression(at) && /^(?:&&|\|\||\?\?)$/.test(at.operatorToken.getText()))
    )
      return true;
  return false;
}
