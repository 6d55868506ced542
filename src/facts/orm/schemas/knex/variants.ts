/** What the files of each folder make, and what folders for several databases agree on. */

import { basename, dirname } from 'node:path';
import type { ts } from 'ts-morph';
import type { Origins } from '../origins.ts';
import { Migration } from './migration.ts';
import type { Table, Tables } from './tables.ts';

/** What the files of each folder make. */
export function statesOf(files: readonly ts.SourceFile[], origins: Origins): readonly State[] {
  const folders = new Map<string, ts.SourceFile[]>();
  for (const file of files) {
    const folder = dirname(file.fileName);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].map(([folder, inFolder]) => ({ folder, tables: tablesOf(inFolder, origins) }));
}

/** The tables that the files of one folder make. */
function tablesOf(files: readonly ts.SourceFile[], origins: Origins): Tables {
  const tables: Tables = new Map();
  const inOrder = files.toSorted((a, b) => (basename(a.fileName) < basename(b.fileName) ? -1 : 1));
  for (const file of inOrder) new Migration(file, tables, origins).run();
  return tables;
}

/** A table as all the folders that make it agree on it. */
export interface Draft extends Omit<Table, 'unread'> {
  readonly folder: string;
  readonly unread: readonly string[];
}

interface State {
  readonly folder: string;
  readonly tables: Tables;
}

/**
 * Each table once. A project may have a folder of migrations for each kind of database, side by side: only what all of them say is
 * certain.
 */
export function withoutVariants(states: readonly State[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const { folder, tables } of states)
    for (const table of tables.values()) {
      const draft: Draft = { ...table, folder, unread: [...table.unread] };
      const at = drafts.findIndex((one) => one.name === table.name && areSideBySide(one.folder, folder));
      const other = drafts[at];
      if (other === undefined) drafts.push(draft);
      else drafts[at] = agreement(other, draft);
    }
  return drafts;
}

/** Whether one of two folders is in the folder that the other one is in. */
export const areSideBySide = (a: string, b: string): boolean =>
  a.startsWith(`${dirname(b)}/`) || b.startsWith(`${dirname(a)}/`);

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

function agreement(one: Draft, other: Draft): Draft {
  const columns = new Map(one.columns);
  for (const [name, column] of other.columns) {
    const same = columns.get(name);
    columns.set(name, {
      ...column,
      type: same === undefined || same.type === column.type ? column.type : 'unknown',
      isNullable: same !== undefined && same.isNullable === column.isNullable ? column.isNullable : undefined,
    });
  }
  for (const [name, column] of one.columns)
    if (!other.columns.has(name)) columns.set(name, { ...column, isNullable: undefined });
  return {
    ...one,
    columns,
    primaryKey: isSame(one.primaryKey, other.primaryKey) ? one.primaryKey : [],
    keys: one.keys.filter((key) =>
      other.keys.some((two) => two.isUnique === key.isUnique && isSame(two.columns, key.columns)),
    ),
    foreign: one.foreign.flatMap((key) => {
      const same = other.foreign.find(
        (two) => two.table === key.table && isSame(two.columns, key.columns) && isSame(two.to, key.to),
      );
      if (same === undefined) return [];
      return [{ ...key, onDelete: same.onDelete === key.onDelete ? key.onDelete : undefined }];
    }),
    unread: [...new Set([...one.unread, ...other.unread])],
  };
}
