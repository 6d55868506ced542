/** Where a queue is, and how that may be shown to people. */
export interface QueueAddress {
  /** With its password. */
  readonly url: string;
  /** Without name and password, for messages. */
  readonly shown: string;
}

/**
 * Reads the address of a Redis: `redis://[name[:password]@]host[:port][/database]`, or `rediss://` with TLS.
 * @param password counts where the address has none.
 * @throws an Error that does not repeat the address, which may have a password in it.
 */
export function addressOf(typed: string, password: string | undefined): QueueAddress {
  const wrong = new Error('the address of a queue is as redis://host:6379, or rediss://host:6379 with TLS');
  if (!URL.canParse(typed)) throw wrong;
  const url = new URL(typed);
  if (!/^rediss?:$/.test(url.protocol) || url.hostname === '' || !/^(?:\/\d*)?$/.test(url.pathname))
    throw wrong;
  if (url.password === '' && password !== undefined) url.password = encodeURIComponent(password);
  return { url: url.href, shown: `${url.protocol}//${url.host}${url.pathname}` };
}
