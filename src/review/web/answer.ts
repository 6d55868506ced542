import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the page may do: run our script, use our style, and talk to us. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** On every answer. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Begins an answer. */
export function begin(
  response: ServerResponse,
  status: number,
  type: string,
  more: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8`, ...more });
}

/** A whole answer. */
export function answer(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  more?: Readonly<Record<string, string>>,
): void {
  begin(response, status, type, more);
  response.end(text);
}

export const answerJson = (response: ServerResponse, value: unknown): void =>
  answer(response, 200, 'application/json', JSON.stringify(value));

export const refuse = (
  response: ServerResponse,
  status: number,
  reason: string,
  more?: Readonly<Record<string, string>>,
): void => answer(response, status, 'text/plain', reason, more);

/** What a body may have at most, in bytes: decisions about some ten thousand proposals, with notes. */
export const MOST_BODY = 4 * 1024 * 1024;

/** The body of a request; undefined where it is too large, and then no more of it is read. */
export async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const told = Number(request.headers['content-length'] ?? 0);
  if (told > MOST_BODY) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
