/** Finds the subscribers of a project. */

import { ts } from 'ts-morph';
import { nodesIn, returnedBy } from '../nodes.ts';
import type { Values } from '../values.ts';
import { nodesGiven } from './filters.ts';

/** A class that is told of what happens to entities. */
export interface Subscriber {
  /** The classes or schemas that it is told of; undefined for all. */
  readonly targets: readonly ts.Node[] | undefined;
  readonly hooks: readonly string[];
}

const SUBSCRIBED =
  /^(?:on(?:Init|Load|Flush)|(?:before|after)(?:Create|Update|Upsert|Delete|Flush|Transaction(?:Start|Commit|Rollback)))$/;

/** The subscribers of a file: https://mikro-orm.io/docs/6.6/events */
export function subscribersIn(source: ts.SourceFile, values: Values): readonly Subscriber[] {
  return [...nodesIn(source)]
    .filter((node) => ts.isClassLike(node))
    .filter((node) =>
      (node.heritageClauses ?? [])
        .flatMap(({ types }) => [...types])
        .some(({ expression }) => expression.getText().endsWith('EventSubscriber')),
    )
    .map((node) => {
      const subscribed = node.members.find(({ name }) => name?.getText() === 'getSubscribedEntities');
      const names = node.members.map(({ name }) => name?.getText() ?? '');
      return {
        targets: subscribed && nodesGiven(returnedBy(subscribed), values),
        hooks: names.filter((name) => SUBSCRIBED.test(name)),
      };
    });
}
