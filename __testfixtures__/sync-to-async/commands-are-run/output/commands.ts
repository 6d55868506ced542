import { execSync, spawnSync, exec, execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execAsync = promisify(exec);
const execFileAsync = promisify(execFile);

export async function revision(): Promise<string> {
  // review: is not shown any more
  return (await execAsync('git rev-parse HEAD', { encoding: 'utf8' })).stdout.trim();
}

export async function bytes(): Promise<Buffer> {
  // review: reads nothing from its input
  return (await execAsync('./render --all', { encoding: 'buffer' })).stdout;
}

export async function quietly(): Promise<string> {
  // review: its exit code is called `code` now
  return (await execAsync('git status', { encoding: 'utf8' })).stdout;
}

export async function listed(folder: string): Promise<string[]> {
  // review: is not shown any more
  const text = (await execFileAsync('ls', ['-a', folder], { encoding: 'utf8', cwd: '/tmp' })).stdout;
  return text.split('\n');
}

export async function dropped(): Promise<void> {
  // review: writes less than 1 MiB
  await execAsync('make all');
}

export async function shown(): Promise<void> {
  // report: it reads the input of this process
  execSync('make all', { stdio: 'inherit' });
}

export async function fed(text: string): Promise<string> {
  // report: it is given `input`
  return execSync('sort', { input: text, encoding: 'utf8' });
}

export async function settled(name: string): Promise<number> {
  // report: it gives the exit code in an object
  return spawnSync('tar', ['-x', '-f', name]).status ?? 1;
}

export async function optional(options: object): Promise<void> {
  // report: its options are not written there
  execSync('make all', options);
}
