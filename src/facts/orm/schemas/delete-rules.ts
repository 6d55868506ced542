/** What foreign keys do when what they refer to is deleted, as each library writes it. */

import type { DeleteRule, Model } from '../schema.ts';

/** The rule that a text stands for: `CASCADE`, `set null`, `SetNull`. Undefined for one that refuses, and for what is no text. */
export function deleteRuleOf(written: unknown): DeleteRule['rule'] | undefined {
  const text = typeof written === 'string' ? written.replace(/[\s_-]/g, '').toLowerCase() : undefined;
  if (text === 'cascade') return 'cascade';
  // A default takes the place of the key as null does.
  return text === 'setnull' || text === 'setdefault' ? 'set-null' : undefined;
}

/** The part of a model that says them; nothing where there are none. */
export const withDeleteRules = (rules: readonly DeleteRule[]): Pick<Model, 'deleteRules'> =>
  rules.length === 0
    ? {}
    : { deleteRules: [...new Map(rules.map((one) => [`${one.model} ${one.rule}`, one])).values()] };
