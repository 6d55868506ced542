/** Applies the calls that change a model after its declaration. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { siteOf } from '../nodes.ts';
import { UNKNOWN, type WrittenValues } from '../written-values.ts';
import { COLUMNS } from './attributes.ts';
import type { Catalog } from './catalog.ts';
import type { Draft } from './draft.ts';
import { DECLARATION_HOOK, HOOK } from './sites.ts';

/** Takes in a call of `addHook`, `addScope`, `removeAttribute` or of a hook by its name. */
export function applyCall(call: ts.CallExpression, catalog: Catalog, values: WrittenValues): void {
  const callee = bareExpression(call.expression);
  if (!isMember(callee)) return;
  const name = memberName(callee) ?? '';
  const draft = catalog.at(callee.expression);
  if (draft === undefined) applyToAll(call, callee.expression, name, catalog, values);
  else if (name === 'addScope') addScope(draft, call, values);
  else if (name === 'removeAttribute') removeAttribute(draft, call, values);
  else {
    const hooks = hooksOf(call, name, values);
    if (hooks === undefined) draft.unread.add('a hook of a computed name');
    for (const hook of hooks ?? []) if (HOOK.test(hook)) draft.hooks.add(hook);
  }
}

/** The names of the hooks that a call adds; undefined where they cannot be read. */
function hooksOf(
  call: ts.CallExpression,
  name: string,
  values: WrittenValues,
): readonly string[] | undefined {
  const [first] = call.arguments;
  if (!/^(?:addHook|hook)$/.test(name)) return [name];
  return first === undefined ? undefined : values.texts(first);
}

function addScope(draft: Draft, call: ts.CallExpression, values: WrittenValues): void {
  const [first, second] = call.arguments;
  const name = values.text(first);
  if (name === UNKNOWN) draft.unread.add('a scope of a computed name');
  else if (name === 'defaultScope') draft.defaultScope = second;
}

function removeAttribute(draft: Draft, call: ts.CallExpression, values: WrittenValues): void {
  const name = values.text(call.arguments[0]);
  if (typeof name === 'string') draft.attributes.delete(name);
  else draft.unread.add(`${COLUMNS} that \`removeAttribute\` takes away`);
}

/** A call on a connection holds for every model; so may one on what is not known. */
function applyToAll(
  call: ts.CallExpression,
  receiver: ts.Expression,
  name: string,
  { drafts }: Catalog,
  values: WrittenValues,
): void {
  const made = values.follow(receiver);
  const isConnection =
    /(?:^|\.)sequelize$/i.test(receiver.getText()) ||
    (ts.isNewExpression(made) && /(?:^|\.)Sequelize$/.test(made.expression.getText()));
  const hooks = hooksOf(call, name, values);
  const ofModels = (hooks ?? []).filter((one) => HOOK.test(one));
  const { path, line } = siteOf(call);
  const where = `line ${line} of ${path.slice(path.lastIndexOf('/') + 1)}`;
  for (const draft of drafts) {
    if (isConnection) {
      for (const hook of ofModels) draft.hooks.add(hook);
      if (hooks === undefined) draft.unread.add(`a hook of all models, in ${where}`);
      if (hooks?.some((one) => DECLARATION_HOOK.test(one)) === true)
        draft.unread.add(`${COLUMNS} and options that a hook may change, in ${where}`);
    } else if (name === 'addHook' && ofModels.length > 0)
      draft.unread.add(`a hook of a model that is not found, in ${where}`);
  }
}
