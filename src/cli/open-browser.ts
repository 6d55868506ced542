import { spawn } from 'node:child_process';
import type { Surroundings } from './surroundings.ts';

/** The program that opens an address in the browser, and what it is given before that; undefined where there is nothing to see it on. */
function openerOf(env: Surroundings['env']): readonly string[] | undefined {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasScreen = (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== '';
  return hasScreen ? ['xdg-open'] : undefined;
}

/** Opens an address in the browser of whoever sits at this machine, if somebody does. Where that fails, they have the address to click on. */
export function openBrowser(address: string, { env, stderr }: Pick<Surroundings, 'env' | 'stderr'>): void {
  const [program, ...words] = openerOf(env) ?? [];
  if (program === undefined || stderr.isTTY !== true) return;
  const child = spawn(program, [...words, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
