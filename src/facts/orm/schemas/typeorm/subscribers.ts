/** Finds the subscribers of a project. */

import { ts } from 'ts-morph';
import { nodesIn, returnedBy } from '../nodes.ts';
import { decoratorsOf } from '../package-decorators.ts';
import type { Values } from '../values.ts';
import { TYPEORM } from './decorators.ts';
import type { Parts } from './parts.ts';

/** A class that is told of what happens to entities. */
export interface Subscriber {
  /** The class that it listens to; undefined for all. */
  readonly target: ts.Node | undefined;
  readonly hooks: readonly string[];
}

const SUBSCRIBED =
  /^(?:afterLoad|(?:before|after)(?:Query|Insert|Update|Remove|SoftRemove|Recover|Transaction(?:Start|Commit|Rollback)))$/;

/** The subscribers of a file: https://typeorm.io/docs/advanced-topics/listeners-and-subscribers */
export function subscribersIn(source: ts.SourceFile, { values }: Parts): readonly Subscriber[] {
  const found: Subscriber[] = [];
  for (const node of nodesIn(source)) {
    if (!ts.isClassLike(node) || !isSubscriber(node, values)) continue;
    const listens = node.members.find(({ name }) => name?.getText() === 'listenTo');
    const returned = listens && returnedBy(listens);
    const meaning = returned && values.meaningOf(returned);
    const target =
      meaning !== undefined && 'node' in meaning && isDeclared(meaning.node) ? meaning.node : undefined;
    const hooks = node.members
      .map(({ name }) => name?.getText() ?? '')
      .filter((name) => SUBSCRIBED.test(name));
    found.push({ target, hooks });
  }
  return found;
}

const isDeclared = (node: ts.Node): boolean => ts.isClassLike(node) || ts.isNewExpression(node);

const isSubscriber = (node: ts.ClassLikeDeclaration, values: Values): boolean =>
  decoratorsOf(node, values, TYPEORM).decorators.some(({ name }) => name === 'EventSubscriber') ||
  (node.heritageClauses ?? [])
    .flatMap(({ types }) => [...types])
    .some(({ expression }) => expression.getText().endsWith('EntitySubscriberInterface'));
