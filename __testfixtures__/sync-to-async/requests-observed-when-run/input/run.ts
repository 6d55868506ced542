import type { AddressInfo } from 'node:net';
import { appIn } from './app.ts';

async function answersOf(folder: string, paths: readonly string[]): Promise<unknown> {
  const server = appIn(folder).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const answers: string[] = [];
  for (const path of paths) {
    const response = await fetch(`http://localhost:${port}${path}`, { headers: { connection: 'close' } });
    answers.push(`${response.status} ${await response.text()}`);
  }
  await new Promise((resolve) => server.close(resolve));
  return answers;
}

export async function answers(folder: string): Promise<unknown> {
  return answersOf(folder, ['/pages/page', '/pages/missing', '/either/page', '/either/missing', '/nowhere']);
}
