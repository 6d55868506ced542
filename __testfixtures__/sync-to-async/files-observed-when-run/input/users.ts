import type { Store } from './store.ts';

export interface User {
  readonly name: string;
  readonly team?: string;
}

export const parsed = (store: Store, name: string): User => JSON.parse(store.read(name)) as User;

export function userOf(store: Store, id: string): User {
  const user = parsed(store, `users/${id}.json`);
  if (user.team === undefined) throw new TypeError(`${id} has no team`);
  return user;
}

export const titleOf = (store: Store, id: string): string => {
  const { team } = userOf(store, id);
  return `${JSON.parse(store.read(`teams/${team}.json`)).title} (${team})`;
};

export function mayRead(store: Store, id: string): boolean {
  return store.has(`users/${id}.json`) && userOf(store, id).team === 'engines';
}
