import type { Store } from './store.ts';

export interface User {
  readonly name: string;
  readonly team?: string;
}

export const parsed = async (store: Store, name: string): Promise<User> => JSON.parse(await store.read(name)) as User;

export async function userOf(store: Store, id: string): Promise<User> {
  const user = await parsed(store, `users/${id}.json`);
  if (user.team === undefined) throw new TypeError(`${id} has no team`);
  return user;
}

export const titleOf = async (store: Store, id: string): Promise<string> => {
  const { team } = await userOf(store, id);
  return `${JSON.parse(await store.read(`teams/${team}.json`)).title} (${team})`;
};

export async function mayRead(store: Store, id: string): Promise<boolean> {
  return (await store.has(`users/${id}.json`)) && (await userOf(store, id)).team === 'engines';
}
