import type { CodeFact, Effect, Resource } from './effect.ts';

/** Two pieces of code touch the same thing, and at least one of them writes it: their order matters. */
export interface Conflict {
  readonly earlier: Effect;
  readonly later: Effect;
  readonly certainty: Effect['certainty'];
}

const isSame = (a: string, b: string): boolean => a === '*' || b === '*' || a === b;

/** The name of a table or model without what its spellings differ in: `users`, `User` and `userModel` are one. */
function bareTable(name: string): string {
  const bare = name
    .toLowerCase()
    .replace(/[^a-z0-9*]/g, '')
    .replace(/(model|repository|repo|entity|schema|table|collection)$/, '');
  return bare.replace(/ies$/, 'y').replace(/(ss|us)$|s$/, '$1');
}

/** Objects of two classes are never one; what is told by the name of a variable may be of any class, or part of another one. */
function isSameOwner(a: string, b: string): boolean {
  if (a.startsWith('only ') || b.startsWith('only ')) return a === b;
  return isSame(a, b) || a.startsWith('variable ') || b.startsWith('variable ');
}

/** Databases that hold documents or keys: a table of one is no table of another kind. */
const DOCUMENTS = /^(mongoose|mongodb|firestore|dynamodb)/;

function isSameTable(a: Resource & { kind: 'table' }, b: Resource & { kind: 'table' }): boolean {
  if (DOCUMENTS.test(a.database) !== DOCUMENTS.test(b.database)) return false;
  return isSame(bareTable(a.name), bareTable(b.name));
}

const isSameFile = (a: string, b: string): boolean =>
  isSame(a, b) || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

/** Whether the two may be one thing. */
export function mayBeSame(a: Resource, b: Resource): boolean {
  switch (a.kind) {
    case 'table':
      return b.kind === 'table' && isSameTable(a, b);
    case 'file':
      return b.kind === 'file' && isSameFile(a.name, b.name);
    case 'host':
    case 'store':
    case 'process':
      return b.kind === a.kind && isSame(a.name, b.name);
    case 'variable':
      return b.kind === 'variable' && a.id === b.id;
    case 'field':
      return b.kind === 'field' && isSameOwner(a.owner, b.owner) && isSame(a.name, b.name);
    default:
      // The clock and chance belong to nobody, and log lines of calls that overlap may mix.
      return false;
  }
}

/** Whether the two are one thing, and not only of one kind: any list may be meant by elements of a list. */
function isCertain(a: Resource, b: Resource): boolean {
  if (a.kind !== 'field' || b.kind !== 'field') return true;
  return a.owner === b.owner && a.owner !== '*';
}

/** Everything that one of the two writes and the other reads or writes; the one that runs first comes first. */
export function conflictsOf(earlier: CodeFact, later: CodeFact): readonly Conflict[] {
  const found: Conflict[] = [];
  const laterWrites = later.effects.filter(({ access }) => access === 'write');
  for (const one of earlier.effects) {
    const others = one.access === 'write' ? later.effects : laterWrites;
    for (const other of others) {
      if (!mayBeSame(one.resource, other.resource)) continue;
      const isProved =
        one.certainty === 'proved' && other.certainty === 'proved' && isCertain(one.resource, other.resource);
      found.push({ earlier: one, later: other, certainty: isProved ? 'proved' : 'assumed' });
    }
  }
  return found;
}

/** A resource as a person reads it: "the table `User`". */
export function nameOf(resource: Resource): string {
  switch (resource.kind) {
    case 'table':
      return resource.name === '*'
        ? `a table that is not known (${resource.database})`
        : `the table \`${resource.name}\``;
    case 'file':
      return resource.name === '*' ? 'a file whose path is not known' : `the file \`${resource.name}\``;
    case 'host':
      return resource.name === '*' ? 'a host that is not known' : `\`${resource.name}\` over the network`;
    case 'store':
      return `the store \`${resource.name}\``;
    case 'variable':
      return `the variable \`${resource.name}\``;
    case 'field':
      if (resource.name === '[]') return 'the elements of a list or map';
      if (!/^[\w$#]+$/.test(resource.name)) return 'a property whose name is not known';
      return resource.owner === '*' || resource.owner.includes(' ')
        ? `the property \`${resource.name}\``
        : `\`${resource.owner}.${resource.name}\``;
    case 'process':
      return resource.name === '*' ? 'this process or its children' : `the process's \`${resource.name}\``;
    case 'time':
      return 'the clock';
    case 'random':
      return 'chance';
    case 'log':
      return 'the log';
  }
}
