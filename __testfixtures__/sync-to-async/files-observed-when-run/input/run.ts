import { Folder, NoStore, Trimmed, type Store } from './store.ts';
import { mayRead, parsed, titleOf, userOf } from './users.ts';

function outcomeOf(store: Store, name: string, seen: string[]): string {
  try {
    return parsed(store, name).name;
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : String(error);
  } finally {
    seen.push(name);
  }
}

export async function values(folder: string): Promise<unknown> {
  const store = new Trimmed(folder);
  return [userOf(store, 'ada'), titleOf(store, 'ada'), store.read('pages/first.md').length];
}

export async function conditions(folder: string): Promise<unknown> {
  const store = new Folder(folder);
  const found: string[] = [];
  if (mayRead(store, 'ada')) found.push('ada');
  if (!mayRead(store, 'bob')) found.push('not bob');
  found.push(mayRead(store, 'eve') ? 'eve' : 'not eve');
  const isAny = mayRead(store, 'bob') || mayRead(store, 'ada');
  return { found, isAny };
}

export async function caught(folder: string): Promise<unknown> {
  const stores: readonly Store[] = [new Folder(folder), new NoStore()];
  const found: string[] = [];
  const seen: string[] = [];
  for (const store of stores)
    for (const name of ['users/ada.json', 'broken.json', 'missing.json']) found.push(outcomeOf(store, name, seen));
  return [found.map((text) => text.replaceAll(folder, '')), seen];
}

export async function lists(folder: string): Promise<unknown> {
  const store = new Folder(folder);
  const names = ['pages/first.md', 'pages/second.md'];
  if (!mayRead(store, 'ada')) return [];
  const texts = names.map((name) => store.read(name));
  const found: string[] = [];
  names.forEach((name, at) => {
    if (!store.has(name)) return;
    const text = store.read(name);
    found.push(`${at}: ${text.length}`);
  });
  return [texts, found, names.flatMap((name) => store.read(name).split('\n'))];
}

export async function thrown(folder: string): Promise<unknown> {
  return userOf(new Folder(folder), 'nobody');
}

export async function refused(): Promise<unknown> {
  return titleOf(new NoStore(), 'ada');
}
