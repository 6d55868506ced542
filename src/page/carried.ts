import type { CarriedReview } from '../review/web/protocol.ts';
import type { PageSource } from './source.ts';

/** The review that stands in the file of this page; undefined where a server has it. */
export function carriedReview(): PageSource | undefined {
  const text = document.getElementById('review')?.textContent;
  if (text === undefined || text === null) return undefined;
  const { diffs, code, ...first } = JSON.parse(text) as CarriedReview;
  const diffsById = new Map(Object.entries(diffs));
  const codeByPlace = new Map(Object.entries(code));
  return {
    first,
    diffOf: async (id) => diffsById.get(id) ?? [],
    codeAround: async (path, line) => codeByPlace.get(`${path}:${line}`),
  };
}
