/** Reads the calls that set up relations. */

import { ts } from 'ts-morph';
import type { Site } from '../../../../evidence.ts';
import {
  bareExpression,
  functionAround,
  isFunctionNode,
  isMember,
  memberName,
} from '../../../effects/symbols.ts';
import { shortText, siteOf } from '../nodes.ts';
import {
  NO_MEMBERS,
  UNKNOWN,
  type Members,
  type MemberValue,
  type Written,
  type WrittenValues,
} from '../written-values.ts';
import { describedAttribute, type Attribute } from './attributes.ts';
import type { Catalog } from './catalog.ts';
import type { Draft } from './draft.ts';

type AssociationKind = 'hasMany' | 'hasOne' | 'belongsTo' | 'belongsToMany';

/** A key of an association: its name where it is written, and what else is said of its column. */
export interface Key {
  readonly name: string | undefined;
  readonly described: Attribute | undefined;
}

/** The join table of a relation of many to many, as it is written. */
export interface Through {
  readonly model: Draft | undefined;
  /** Where it is named by a text. */
  readonly name: string | undefined;
  readonly isUnique: Written<boolean>;
}

/** A call of `hasMany` and its like, as it is written. */
export interface Association {
  readonly kind: AssociationKind;
  readonly source: Draft;
  readonly target: Draft;
  readonly as: Written<string>;
  readonly foreignKey: Written<Key>;
  readonly otherKey: Written<Key>;
  readonly sourceKey: Written<string>;
  readonly targetKey: Written<string>;
  readonly through: Written<Through>;
  readonly onDelete: Written<string>;
  readonly isFiltered: boolean;
  /** Why it may not be as it is written. */
  readonly doubt: string | undefined;
  readonly site: Site;
  /** The function or the file that it is called in; undefined where the order of its statements is not that of the calls. */
  readonly around: ts.Node | undefined;
  readonly shown: string;
}

/** Reads a call of `hasMany` and its like; undefined where a model of it is not found, which is then said of the other one. */
export function associationOf(
  call: ts.CallExpression,
  catalog: Catalog,
  values: WrittenValues,
): Association | undefined {
  const callee = bareExpression(call.expression);
  const [targetNode, optionsNode] = call.arguments;
  if (!isMember(callee) || targetNode === undefined) return undefined;
  const source = catalog.at(callee.expression);
  const target = catalog.at(targetNode);
  if (source === undefined || target === undefined) {
    source?.unread.add(`the relation to \`${shortText(targetNode)}\`, which is not found`);
    target?.unread.add(`a relation that \`${shortText(callee.expression)}\` has to it, which is not found`);
    return undefined;
  }
  const members = optionsNode === undefined ? NO_MEMBERS : values.members(optionsNode);
  const doubt =
    members === undefined || members.unread.length > 0
      ? 'its options'
      : isConditional(call, [callee.expression.getText(), targetNode.getText()])
        ? 'the condition that it is set up on'
        : undefined;
  return {
    ...writtenAssociation(members ?? NO_MEMBERS, call, catalog, values),
    kind: kindOf(memberName(callee)),
    source,
    target,
    isFiltered:
      members?.of.has('scope') === true ||
      hasThroughScope(members ?? NO_MEMBERS, values) ||
      /\.scope\(/.test(targetNode.getText()),
    doubt,
    shown: `${memberName(callee)}(${shortText(targetNode)})`,
  };
}

/** The kind that the name of a method of associations stands for. */
export const kindOf = (name: string | undefined): AssociationKind =>
  name === 'hasMany' || name === 'hasOne' || name === 'belongsTo' ? name : 'belongsToMany';

type WrittenAssociation = Pick<
  Association,
  'as' | 'foreignKey' | 'otherKey' | 'sourceKey' | 'targetKey' | 'through' | 'onDelete' | 'site' | 'around'
>;

/** What the options of an association say. */
export function writtenAssociation(
  { of }: Members,
  node: ts.Node,
  catalog: Catalog,
  values: WrittenValues,
): WrittenAssociation {
  return {
    as: aliasOf(of.get('as'), values),
    foreignKey: keyOf(of.get('foreignKey'), values),
    otherKey: keyOf(of.get('otherKey'), values),
    sourceKey: values.text(of.get('sourceKey')),
    targetKey: values.text(of.get('targetKey')),
    through: throughOf(of.get('through'), catalog, values),
    onDelete: values.text(of.get('onDelete')),
    site: siteOf(node),
    around: functionAround(node) ?? node.getSourceFile(),
  };
}

/** The alias; of `{ singular, plural }` the plural. */
function aliasOf(node: MemberValue | undefined, values: WrittenValues): Written<string> {
  const text = values.text(node);
  if (node === undefined || text !== UNKNOWN) return text;
  return values.text(values.members(node)?.of.get('plural')) ?? UNKNOWN;
}

/** A key that is a text, or an object with `name` and what else is said of the column. */
function keyOf(node: MemberValue | undefined, values: WrittenValues): Written<Key> {
  const text = values.text(node);
  if (node === undefined || text === undefined) return undefined;
  if (text !== UNKNOWN) return { name: text, described: undefined };
  const members = values.members(node);
  if (members === undefined || members.unread.length > 0) return UNKNOWN;
  const name = values.text(members.of.get('name') ?? members.of.get('fieldName'));
  if (name === UNKNOWN) return UNKNOWN;
  const { attribute, unread } = describedAttribute(name ?? '', members, values);
  return unread.length > 0 ? UNKNOWN : { name, described: attribute };
}

function throughOf(node: MemberValue | undefined, catalog: Catalog, values: WrittenValues): Written<Through> {
  if (node === undefined) return undefined;
  const members = values.members(node);
  const model = members?.of.get('model') ?? node;
  const isUnique = values.flag(members?.of.get('unique'));
  const text = values.text(model);
  if (typeof text === 'string')
    return { model: catalog.named(text, node.getSourceFile().fileName), name: text, isUnique };
  const thunk = values.function(model);
  const draft = catalog.at(thunk === undefined ? model : (values.result(thunk) ?? model));
  return draft === undefined ? UNKNOWN : { model: draft, name: undefined, isUnique };
}

/** Whether only some rows of a join table count. */
export function hasThroughScope({ of }: Members, values: WrittenValues): boolean {
  const through = of.get('through');
  return through !== undefined && values.members(through)?.of.has('scope') === true;
}

/** Whether a call is made on a condition other than that the models are there. */
function isConditional(call: ts.CallExpression, models: readonly string[]): boolean {
  let below: ts.Node = call;
  for (let at: ts.Node | undefined = call.parent; at !== undefined; below = at, at = at.parent) {
    if (isFunctionNode(at)) return false;
    if (ts.isCaseClause(at) || ts.isConditionalExpression(at) || ts.isCatchClause(at)) return true;
    if (ts.isIfStatement(at) && below !== at.expression && !isPresence(at.expression, models)) return true;
    if (
      ts.isBinaryExpression(at) &&
      at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken &&
      at.right === below &&
      !isPresence(at.left, models)
    )
      return true;
  }
  return false;
}

/** Whether a condition only asks for models: `models.User && models.Post`. */
const isPresence = (condition: ts.Expression, models: readonly string[]): boolean =>
  condition
    .getText()
    .split('&&')
    .every((part) => models.includes(part.replace(/[()!\s]/g, '')));
