import { prisma } from './db';

/** What a getter gives may change although nobody sets it. */
export async function aboveFloor(orgIds: readonly number[]) {
  const state = {
    min: 0,
    get floor() {
      return this.min;
    },
  };
  const out: number[] = [];
  for (const orgId of orgIds) {
    // report: A turn changes `min`, which the query is told: `state.min`
    const users = await prisma.user.findMany({ where: { orgId, id: { gt: state.floor } } });
    out.push(users.length);
    state.min = 12;
  }
  return out;
}

interface Range {
  min: number;
  readonly floor: number;
}

/** The type says that it is a property. */
export async function aboveTypedFloor(orgIds: readonly number[]) {
  const range: Range = {
    min: 0,
    get floor() {
      return this.min;
    },
  };
  const out: number[] = [];
  for (const orgId of orgIds) {
    // report: A turn changes `min`, which the query is told: `range.min`
    const users = await prisma.user.findMany({ where: { orgId, id: { gt: range.floor } } });
    out.push(users.length);
    range.min = 12;
  }
  return out;
}

class Quota {
  private used = 0;

  get left(): number {
    return 10 - this.used;
  }

  take(): void {
    this.used += 1;
  }
}

export async function withinQuota(orgIds: readonly number[]) {
  const quota = new Quota();
  const out: number[] = [];
  for (const orgId of orgIds) {
    // report: A turn changes what its query is told: `this.used`
    const users = await prisma.user.findMany({ where: { orgId, id: { lt: quota.left } } });
    out.push(users.length);
    quota.take();
  }
  return out;
}

const config = {
  get mail() {
    return process.env['MAIL'] ?? 'a@x.io';
  },
  get org() {
    return process.env['ORG'];
  },
};

export async function fromEnvironment(orgIds: readonly number[]) {
  const out: number[] = [];
  for (const orgId of orgIds) {
    // report: which the query is told: `process.env['MAIL']`
    const users = await prisma.user.findMany({ where: { orgId, email: config.mail } });
    out.push(users.length);
    process.env['MAIL'] = 'b@x.io';
  }
  return out;
}

/** A key that is a getter. */
class Ticket {
  private holder = 1;

  get userId(): number {
    return this.holder;
  }

  pass(): void {
    this.holder += 1;
  }
}

export async function holders(tickets: readonly Ticket[]) {
  const out: (string | undefined)[] = [];
  for (const ticket of tickets) {
    ticket.pass();
    // report: A turn changes what its query is told: `this.holder`
    const user = await prisma.user.findUnique({ where: { id: ticket.userId } });
    out.push(user?.name);
  }
  return out;
}

/** A getter that nothing of changes. */
class Span {
  readonly days: number;

  constructor(days: number) {
    this.days = days;
  }

  get least(): number {
    return this.days * 2;
  }
}

export async function steady(orgIds: readonly number[], span: Span) {
  const seen: Record<string, number> = {};
  const uniqueOrgIds = [...new Set(orgIds)];
  const allUsers = await prisma.user.findMany({
    where: { orgId: { in: uniqueOrgIds }, id: { gt: span.least } },
  });
  const usersByOrgId = new Map(uniqueOrgIds.map((id) => [id, [] as typeof allUsers]));
  for (const user of allUsers) usersByOrgId.get(user.orgId)?.push(user);
  for (const orgId of orgIds) {
    // review: The order of the rows with one `orgId` does not matter
    const users = usersByOrgId.get(orgId) ?? [];
    seen[orgId] = users[0]?.id ?? 0;
  }
  return seen;
}
