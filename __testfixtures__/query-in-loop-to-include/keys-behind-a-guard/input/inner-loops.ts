import { prisma } from './db';

declare function adminsOf(orgId: number): Promise<readonly { name: string; email: string }[]>;
declare function notify(name: string): Promise<boolean>;

/** Where no admin of an organisation is told, nothing was asked. */
export async function told(orgIds: readonly number[]) {
  const out: string[] = [];
  for (const orgId of orgIds) {
    const admins = await adminsOf(orgId);
    for (const admin of admins) {
      if (!(await notify(admin.name))) continue;
      // review: where it lets none, a query is sent that was not
      const user = await prisma.user.findUnique({ where: { email: admin.email } });
      out.push(user?.name ?? '?');
    }
  }
  return out;
}

/** Where there are no keys, nothing is asked now. */
export async function managers(pages: AsyncIterable<readonly { managerId: number | null }[]>) {
  const out: string[] = [];
  for await (const page of pages) {
    for (const { managerId } of page) {
      if (managerId === null) continue;
      // safe: one query
      const user = await prisma.user.findUnique({ where: { id: managerId } });
      out.push(user?.name ?? '?');
    }
  }
  return out;
}
