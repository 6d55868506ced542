export interface User {
  readonly id: string;
}

export async function findUser(id: string): Promise<User> {
  return { id };
}
