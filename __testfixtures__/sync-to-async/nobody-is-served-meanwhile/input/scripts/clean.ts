import { rmSync } from 'node:fs';

export function clean(): void {
  // report: Nobody is served meanwhile: it runs in the script `clean.ts`
  rmSync('build', { recursive: true });
}

clean();
