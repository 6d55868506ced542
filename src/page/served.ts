import type { ReviewCode, ReviewDiff } from '../review/review.ts';
import type { ApplyEvent, PageReview } from '../review/web/protocol.ts';
import { asked, json } from './asking.ts';
import type { PageSource } from './source.ts';

/** Calls `tell` for each line of a body, as it comes. */
async function eachLine(body: ReadableStream<Uint8Array>, tell: (line: string) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>);
  let rest = '';
  for await (const chunk of chunksOf(reader)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(tell);
  }
  if (rest !== '') tell(rest);
}

async function* chunksOf(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

/** The review of the server that this page is from. */
export async function servedReview(): Promise<PageSource> {
  const first = await json<PageReview>(await asked('/api/review'));
  return {
    first,
    diffOf: async (id) =>
      json<readonly ReviewDiff[]>(await asked(`/api/diff?${new URLSearchParams({ id })}`)),
    async codeAround(path, line) {
      const query = new URLSearchParams({ path, line: String(line) });
      const code = await json<ReviewCode | null>(await asked(`/api/code?${query}`));
      return code ?? undefined;
    },
    async keep(changes, isLast) {
      await asked('/api/decisions', {
        method: 'PATCH',
        body: JSON.stringify(changes),
        keepalive: isLast,
      });
    },
    async apply(tell) {
      const { body } = await asked('/api/apply', { method: 'POST', body: '{}' });
      if (body !== null) await eachLine(body, (line) => tell(JSON.parse(line) as ApplyEvent));
    },
    async end() {
      await asked('/api/end', { method: 'POST', body: '{}' });
    },
  };
}
