import type { ReviewItem } from '../review/review.ts';

/** What the tree is ordered by. */
export type Grouping = 'transform' | 'file' | 'owner' | 'level';

export const GROUPINGS: readonly Grouping[] = ['transform', 'file', 'owner', 'level'];

/** Items that have something in common. */
export interface Group {
  /** Unlike that of every other group and item. */
  readonly key: string;
  readonly label: string;
  readonly kind: 'transform' | 'folder' | 'file' | 'owner' | 'level';
  readonly items: readonly ReviewItem[];
  /** The groups in it; where there are none its items stand in it. */
  readonly groups: readonly Group[];
}

/** One line of the tree as it is shown. */
export type Row = {
  readonly key: string;
  readonly level: number;
  readonly at: number;
  readonly of: number;
} & ({ readonly group: Group; readonly isOpen: boolean } | { readonly item: ReviewItem });

/** The folder of a path, with `/` at its end; `./` for a file at the top. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1) || './';

/** The name of a file without its folder. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

interface Step {
  readonly kind: Group['kind'];
  readonly valueOf: (item: ReviewItem) => string;
  readonly labelOf: (value: string) => string;
}

const whole = (value: string): string => value;

const LEVELS = ['safe', 'review', 'report'];

const STEPS: Readonly<Record<Grouping, readonly Step[]>> = {
  transform: [{ kind: 'transform', valueOf: ({ transform }) => transform, labelOf: whole }],
  file: [
    { kind: 'folder', valueOf: ({ path }) => folderOf(path), labelOf: whole },
    { kind: 'file', valueOf: ({ path }) => path, labelOf: nameOf },
  ],
  owner: [{ kind: 'owner', valueOf: ({ owner }) => owner, labelOf: whole }],
  level: [
    { kind: 'level', valueOf: ({ safety }) => safety, labelOf: whole },
    { kind: 'transform', valueOf: ({ transform }) => transform, labelOf: whole },
  ],
};

const inOrder = (a: string, b: string): number => {
  const levels = LEVELS.indexOf(a) - LEVELS.indexOf(b);
  return levels !== 0 ? levels : a < b ? -1 : 1;
};

function groupsOf(items: readonly ReviewItem[], steps: readonly Step[], above: string): Group[] {
  const [step, ...deeper] = steps;
  if (step === undefined) return [];
  const byValue = new Map<string, ReviewItem[]>();
  for (const item of items) {
    const value = step.valueOf(item);
    const own = byValue.get(value);
    if (own === undefined) byValue.set(value, [item]);
    else own.push(item);
  }
  return [...byValue.keys()].toSorted(inOrder).map((value) => {
    const own = byValue.get(value) ?? [];
    const key = `${above}${step.kind} ${value}\n`;
    return {
      key,
      label: step.labelOf(value),
      kind: step.kind,
      items: own,
      groups: groupsOf(own, deeper, key),
    };
  });
}

/** Items as a tree. */
export const treeOf = (items: readonly ReviewItem[], grouping: Grouping): Group[] =>
  groupsOf(items, STEPS[grouping], '');

/** The items of a tree from top to bottom, whether or not their groups are open. */
export const itemsInOrder = (groups: readonly Group[]): ReviewItem[] =>
  groups.flatMap((group) => (group.groups.length > 0 ? itemsInOrder(group.groups) : group.items));

/** The keys of the groups that an item is in. */
export function groupsAbove(groups: readonly Group[], item: ReviewItem): string[] {
  const found = groups.find(({ items }) => items.includes(item));
  return found === undefined ? [] : [found.key, ...groupsAbove(found.groups, item)];
}

/** The lines of a tree that are to be seen where the groups with the keys `closed` are closed. */
export function rowsOf(groups: readonly Group[], closed: ReadonlySet<string>, level = 1): Row[] {
  return groups.flatMap((group, index): Row[] => {
    const isOpen = !closed.has(group.key);
    const own: Row = { key: group.key, level, at: index + 1, of: groups.length, group, isOpen };
    if (!isOpen) return [own];
    if (group.groups.length > 0) return [own, ...rowsOf(group.groups, closed, level + 1)];
    const of = group.items.length;
    return [
      own,
      ...group.items.map((item, at): Row => ({ key: item.id, level: level + 1, at: at + 1, of, item })),
    ];
  });
}
