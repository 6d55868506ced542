import { half } from './half.ts';
import { shared } from './shared.ts';

export function resize(size: number): void {
  // review: the logger is set up in the worker or child process too
  console.log('resized');
  shared(half(size));
}
