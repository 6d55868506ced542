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
    for (const managerId of ids) {
      // review: does not change `this.only`, which the query is told
      const users = await prisma.user.findMany({ where: { managerId, id: { in: this.only } } });
      this.shown.push(...users.map(({ name }) => name));
    }
  }

  private more() {
    this.only.push(13);
  }
}
