/** The texts of tables, columns and paths. */

import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { bareExpression, classAround, isMember, memberName } from '../../../effects/symbols.ts';
import { UNKNOWN, type WrittenValues } from '../written-values.ts';
import { staticValue } from './classes.ts';
import type { Catalog, Draft } from './drafts.ts';

/** A text, put together of literals, names of tables, and parts of paths. */
export function textOf(node: ts.Node, catalog: Catalog): string | undefined {
  const { values } = catalog;
  const bare = ts.isExpression(node) ? bareExpression(node) : node;
  if (ts.isStringLiteralLike(bare)) return bare.text;
  if (ts.isIdentifier(bare) && bare.text === '__dirname') return dirname(bare.getSourceFile().fileName);
  if (bare.getText() === 'import.meta.dirname') return dirname(bare.getSourceFile().fileName);
  if (ts.isTemplateExpression(bare)) {
    const parts = bare.templateSpans.map(({ expression, literal }) => {
      const text = textOf(expression, catalog);
      return text === undefined ? undefined : text + literal.text;
    });
    return parts.includes(undefined) ? undefined : bare.head.text + parts.join('');
  }
  if (ts.isBinaryExpression(bare) && bare.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(bare.left, catalog), textOf(bare.right, catalog)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (ts.isCallExpression(bare) && /^(?:path\.)?(?:join|resolve)$/.test(bare.expression.getText())) {
    const parts = bare.arguments.map((one) => textOf(one, catalog));
    const known = parts.filter((one) => one !== undefined);
    return known.length === parts.length && known.length > 0 ? join(...known) : undefined;
  }
  if (isMember(bare) && memberName(bare) === 'tableName') {
    const owner = ownerOf(bare.expression, values);
    const table = catalog.drafts.find((one) => one.node === owner)?.table;
    if (table !== undefined) return table;
  }
  const next = values.step(bare);
  return next === undefined ? undefined : textOf(next, catalog);
}

/** The class that `this` or a name stands for. */
function ownerOf(node: ts.Expression, values: WrittenValues): ts.Node | undefined {
  return node.kind === ts.SyntaxKind.ThisKeyword ? classAround(node) : values.follow(node);
}

/** The texts of a list, or the one text. */
export function textsOf(node: ts.Node, catalog: Catalog): readonly string[] | undefined {
  const elements = catalog.values.elements(node) ?? [node];
  const texts = elements.map((one) => textOf(one, catalog));
  const known = texts.filter((one) => one !== undefined);
  return known.length === texts.length ? known : undefined;
}

/** Reads the name of the table, and notes where it cannot be read. */
export function readTable(draft: Draft, catalog: Catalog): void {
  const value = staticValue(draft, 'tableName', catalog.values);
  draft.table = value === undefined || value === UNKNOWN ? undefined : textOf(value, catalog);
  if (draft.table === undefined) draft.unread.add('the name of its table');
}
