/** Reads the builders of `defineEntity`: https://mikro-orm.io/docs/6.6/define-entity */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { returnedBy } from '../nodes.ts';
import { UNREAD, type Constant, type Values } from '../values.ts';
import type { Given } from './properties.ts';

const BUILT_KINDS: Readonly<Record<string, string>> = {
  embedded: 'embedded',
  oneToOne: '1:1',
  manyToOne: 'm:1',
  oneToMany: '1:m',
  manyToMany: 'm:n',
};

/** What the calls of a builder give: `p.string().nullable()`. Undefined where it is none. */
export function builtBy(node: ts.Expression, values: Values): Given | undefined {
  const bare = bareExpression(node);
  const chain = returnedBy(bare) ?? bare;
  const calls: ts.CallExpression[] = [];
  for (let at: ts.Expression = chain; ts.isCallExpression(at);) {
    calls.unshift(at);
    const callee = bareExpression(at.expression);
    if (!isMember(callee)) return undefined;
    at = bareExpression(callee.expression);
  }
  const [first, ...steps] = calls;
  if (first === undefined) return undefined;
  const made = calledName(first);
  return made === undefined ? undefined : new Built(values, made, first, steps);
}

function calledName(call: ts.CallExpression): string | undefined {
  const callee = bareExpression(call.expression);
  return isMember(callee) ? memberName(callee) : undefined;
}

/** Options as the calls of a builder give them: a call without an argument says that something is so. */
class Built implements Given {
  readonly values: Values;
  readonly isWhole: boolean;
  private readonly made: string;
  private readonly entries = new Map<string, readonly ts.Expression[]>();

  constructor(values: Values, made: string, first: ts.CallExpression, steps: readonly ts.CallExpression[]) {
    this.values = values;
    this.made = made;
    const named = /^(?:type|formula)$/.test(made) ? made : made === 'enum' ? 'items' : 'entity';
    if (named !== 'entity' || BUILT_KINDS[made] !== undefined) this.entries.set(named, [...first.arguments]);
    for (const step of steps) {
      const name = calledName(step);
      if (name !== undefined) this.entries.set(name, [...step.arguments]);
    }
    this.isWhole = steps.every((step) => calledName(step) !== undefined);
  }

  at(key: string): ts.Expression | undefined {
    return this.entries.get(key)?.[0];
  }

  all(key: string): readonly ts.Expression[] | undefined {
    return this.entries.get(key);
  }

  value(key: string): Constant | typeof UNREAD {
    if (key === 'kind') return BUILT_KINDS[this.made] ?? 'scalar';
    if (key === 'enum') return this.made === 'enum';
    if (key === 'type' && !this.entries.has('type')) return this.made;
    const args = this.entries.get(key);
    if (args === undefined) return undefined;
    const [first] = args;
    if (first === undefined) return true;
    const constant = this.values.constantOf(first);
    return constant === undefined ? UNREAD : constant.value;
  }

  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  text(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === 'string' ? value : undefined;
  }
}
