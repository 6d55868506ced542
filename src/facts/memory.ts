import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How many bytes the heap of this process may have before it ends with an error. */
export const mostHeap = (): number => getHeapStatistics().heap_size_limit;

const usedHeap = (): number => getHeapStatistics().used_heap_size;

/** Frees what nobody uses any more, to see what is left. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as unknown;
  if (typeof collect === 'function') (collect as () => void)();
}

/** Whether more than so many bytes of the heap are in use, apart from what nobody uses any more. */
export function isHeapOver(bytes: number): boolean {
  if (usedHeap() <= bytes) return false;
  collectGarbage();
  return usedHeap() > bytes;
}
