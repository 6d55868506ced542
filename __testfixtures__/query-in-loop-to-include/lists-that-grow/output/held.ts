import { prisma } from './db';

/** Each turn looks among more. */
export class Paging {
  private readonly only: number[] = [11];
  private readonly shown: string[] = [];

  async counts(ids: readonly number[]) {
    const out: number[] = [];
    for (const managerId of ids) {
      // report: A turn changes a list that its query is told: `this.only.push(13)`
      const users = await prisma.user.findMany({ where: { managerId, id: { in: this.only } } });
      out.push(users.length);
      this.more();
    }
    return out;
  }

  async names(ids: readonly number[]) {
    const managerIds = [...new Set(ids)];
    const allUsers = await prisma.user.findMany({
      where: { managerId: { in: managerIds }, id: { in: this.only } },
    });
    const usersByManagerId = new Map(managerIds.map((id) => [id, [] as typeof allUsers]));
    for (const user of allUsers) usersByManagerId.get(user.managerId!)?.push(user);
    for (const managerId of ids) {
      // review: does not change `this.only`, which the query is told
      const users = usersByManagerId.get(managerId) ?? [];
      this.shown.push(...users.map(({ name }) => name));
    }
  }

  private more() {
    this.only.push(13);
  }
}
