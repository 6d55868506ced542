import { Folder, NoStore, Trimmed, type Store } from './store.ts';
import { mayRead, parsed, titleOf, userOf } from './users.ts';

async function outcomeOf(store: Store, name: string, seen: string[]): Promise<string> {
  try {
    return (await parsed(store, name)).name;
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : String(error);
  } finally {
    seen.push(name);
  }
}

export async function values(folder: string): Promise<unknown> {
  const store = new Trimmed(folder);
  return [await userOf(store, 'ada'), await titleOf(store, 'ada'), (await store.read('pages/first.md')).length];
}

export async function conditions(folder: string): Promise<unknown> {
  const store = new Folder(folder);
  const found: string[] = [];
  if (await mayRead(store, 'ada')) found.push('ada');
  if (!(await mayRead(store, 'bob'))) found.push('not bob');
  found.push((await mayRead(store, 'eve')) ? 'eve' : 'not eve');
  const isAny = (await mayRead(store, 'bob')) || (await mayRead(store, 'ada'));
  return { found, isAny };
}

export async function caught(folder: string): Promise<unknown> {
  const stores: readonly Store[] = [new Folder(folder), new NoStore()];
  const found: string[] = [];
  const seen: string[] = [];
  for (const store of stores)
    for (const name of ['users/ada.json', 'broken.json', 'missing.json']) found.push(await outcomeOf(store, name, seen));
  return [found.map((text) => text.replaceAll(folder, '')), seen];
}

export async function lists(folder: string): Promise<unknown> {
  const store = new Folder(folder);
  const names = ['pages/first.md', 'pages/second.md'];
  if (!(await mayRead(store, 'ada'))) return [];
  const texts = await Promise.all(names.map(async (name) => store.read(name)));
  const found: string[] = [];
  for (const [at, name] of names.entries()) {
    if (!(await store.has(name))) continue;
    const text = await store.read(name);
    found.push(`${at}: ${text.length}`);
  }
  return [texts, found, (await Promise.all(names.map(async (name) => (await store.read(name)).split('\n')))).flat()];
}

export async function thrown(folder: string): Promise<unknown> {
  return userOf(new Folder(folder), 'nobody');
}

export async function refused(): Promise<unknown> {
  return titleOf(new NoStore(), 'ada');
}
