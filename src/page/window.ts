import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Rows beyond what is to be seen that are there too, so that scrolling shows no gaps. */
const BEYOND = 8;

/** Where rows of different heights begin: one more than there are rows, the last one is the height of all. */
export function offsetsOf(heights: readonly number[]): Float64Array {
  const offsets = new Float64Array(heights.length + 1);
  for (const [index, height] of heights.entries()) offsets[index + 1] = (offsets[index] ?? 0) + height;
  return offsets;
}

/** The last row that begins at or before `at`. */
export function rowAt(offsets: Float64Array, at: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** Which rows of a scrolled list are to be rendered: `[first, end)`. */
export function useWindow(
  frame: RefObject<HTMLElement | null>,
  offsets: Float64Array,
): readonly [number, number] {
  const [seen, setSeen] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const look = (): void => {
      const { scrollTop: top, clientHeight: height } = element;
      setSeen((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [frame]);
  const count = offsets.length - 1;
  const first = Math.max(0, rowAt(offsets, seen.top) - BEYOND);
  const end = Math.min(count, rowAt(offsets, seen.top + seen.height) + 1 + BEYOND);
  return [Math.min(first, end), end];
}
