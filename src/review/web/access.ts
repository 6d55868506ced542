import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is refused. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 413 | 415;
  readonly reason: string;
}

const secret = (): string => randomBytes(32).toString('base64url');

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The value of a cookie. */
function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/**
 * Who may talk to the server: whoever opened the address that was printed, in the browser that it was opened in first, from pages
 * that this server gave. Other users and pages of this machine may not, nor whoever gets a name to lead to it.
 */
export class Access {
  /** `127.0.0.1:<port>`: the only host that requests may be for. */
  readonly host: string;
  private token: string | undefined = secret();
  private readonly session = secret();
  /** Cookies do not tell ports apart, and several pages may be open. */
  private readonly cookie: string;

  constructor(port: number) {
    this.host = `127.0.0.1:${port}`;
    this.cookie = `hasten-${port}`;
  }

  get origin(): string {
    return `http://${this.host}`;
  }

  /** The address to open, which works once. */
  get address(): string {
    return `${this.origin}/?token=${this.token ?? ''}`;
  }

  /** Whether the request carries the cookie that was given for the token. */
  isKnown(request: IncomingMessage): boolean {
    const given = cookieOf(request, this.cookie);
    return given !== undefined && isSame(given, this.session);
  }

  /** Takes the token, which nobody can use again, and gives the cookie for it; undefined for any other token. */
  admit(token: string): string | undefined {
    if (this.token === undefined || !isSame(token, this.token)) return undefined;
    this.token = undefined;
    return `${this.cookie}=${this.session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** What is wrong with where a request goes and comes from, whoever sends it. */
  refusalOf({ headers, url = '' }: IncomingMessage): Refusal | undefined {
    if (headers.host !== this.host)
      return { status: 403, reason: 'This is not the host that was asked for.' };
    if (headers.origin !== undefined && headers.origin !== this.origin)
      return { status: 403, reason: 'Another page asks.' };
    if (!url.startsWith('/') || url.startsWith('//')) return { status: 400, reason: 'That is no path.' };
    return undefined;
  }

  /** What is wrong with a request for data: it has to come from a script of our page. */
  dataRefusalOf(request: IncomingMessage): Refusal | undefined {
    const { headers, method } = request;
    const from = headers['sec-fetch-site'];
    if (
      !this.isKnown(request) ||
      headers['x-hasten'] !== '1' ||
      (from !== undefined && from !== 'same-origin')
    )
      return { status: 403, reason: 'Open the address that hasten printed.' };
    const changes = method !== 'GET';
    if (changes && !/^application\/json(?:;|$)/i.test(headers['content-type'] ?? ''))
      return { status: 415, reason: 'Only JSON is read.' };
    return undefined;
  }
}
