// queries: 10 → 3
import { prisma } from './db';

/** Who reports to whom, in both directions of one relation. */
export async function run() {
  const users = await prisma.user.findMany({
    orderBy: { id: 'asc' },
    include: { reports: true, manager: true },
  });
  const chart: string[] = [];
  for (const user of users) {
    // safe: eager loading
    const reports = user.reports;
    const manager = user.managerId
      ? user.manager
      : null;
    chart.push(`${manager?.name ?? '-'} > ${user.name} > ${reports.length}`);
  }
  return chart;
}
