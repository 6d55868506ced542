import { shared } from './shared.ts';

export function serve(): void {
  // safe: console.log → logger.info
  console.log('serving');
  shared(1);
}
