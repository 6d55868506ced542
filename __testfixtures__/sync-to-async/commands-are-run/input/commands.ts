import { execFileSync, execSync, spawnSync } from 'node:child_process';

export async function revision(): Promise<string> {
  // review: is not shown any more
  return execSync('git rev-parse HEAD', { encoding: 'utf8' }).trim();
}

export async function bytes(): Promise<Buffer> {
  // review: reads nothing from its input
  return execSync('./render --all');
}

export async function quietly(): Promise<string> {
  // review: its exit code is called `code` now
  return execSync('git status', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

export async function listed(folder: string): Promise<string[]> {
  // review: is not shown any more
  const text = execFileSync('ls', ['-a', folder], { encoding: 'utf8', cwd: '/tmp' });
  return text.split('\n');
}

export async function dropped(): Promise<void> {
  // review: writes less than 1 MiB
  execSync('make all', { stdio: 'ignore' });
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
