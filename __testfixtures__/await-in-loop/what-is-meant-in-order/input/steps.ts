import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function deleteProject(id: string, isDeep: boolean): Promise<string[]> {
  const failed: string[] = [];
  const steps: [string, () => Promise<unknown>][] = [
    ...(isDeep ? [['metrics', () => prisma.metric.deleteMany({ where: { projectId: id } })] as [string, () => Promise<unknown>]] : []),
    ['settings', () => prisma.settings.update({ where: { id: 1 }, data: { projectId: null } })],
  ];

  // report: what a turn changes outside of the loop depends on an await that is not always reached
  for (const [label, run] of steps) {
    try {
      await run();
    } catch {
      failed.push(label);
    }
  }
  return failed;
}
