import { basename } from 'node:path';
import { ts } from 'ts-morph';
import type { Site } from '../../evidence.ts';
import type { Place } from './cone.ts';

/** Where a node stands, for evidence. */
export const siteOf = (node: ts.Node): Site => {
  const source = node.getSourceFile();
  return {
    path: source.fileName,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
  };
};

/** The name of the file that a node stands in, without its folder. */
export const fileNameOf = (node: ts.Node): string => basename(node.getSourceFile().fileName);

/** The stretch of its file that a node takes. */
export const placeOf = (node: ts.Node): Place => ({
  path: node.getSourceFile().fileName,
  span: [node.getStart(), node.end],
});

/** The text of a node in one line, shortened. */
export const shortText = (node: ts.Node, length = 50): string => {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
};

/** What is called, in one line: of what is long, the members at its end, as in `….action`. */
export function calleeText(callee: ts.Expression, length = 40): string {
  const text = callee.getText().replace(/\s+/g, ' ');
  if (text.length <= length) return text;
  let members = '';
  let at: ts.Expression = callee;
  for (; ts.isPropertyAccessExpression(at); at = at.expression) {
    const longer = `.${at.name.text}${members}`;
    if (members !== '' && longer.length > length) break;
    members = longer;
  }
  return members === '' ? shortText(callee, length) : `…${members}`;
}
