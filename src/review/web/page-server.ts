import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Access } from './access.ts';
import { answer, refuse } from './answer.ts';
import type { PageBundle } from './page-bundle.ts';
import { ICON, messagePage, servedPage } from './shell.ts';

/** Answers a request that may be answered. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
) => Promise<void> | void;

/** Everything that a server answers to, by method and path: `GET /page.js`. */
export interface Routes {
  /** What a browser opens. */
  readonly pages: ReadonlyMap<string, Handler>;
  /** What a script of the page asks for. Their paths begin with `/api/`. */
  readonly data: ReadonlyMap<string, Handler>;
}

/** A server that only this machine can reach, and only who opens its address. */
export interface PageServer {
  /** The address to open. It works once. */
  readonly address: string;
  /** Ends. An answer under way gets its end. */
  close(): void;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The pages of a bundle. */
export const bundledPage = (title: string, { script, style }: PageBundle): Routes['pages'] =>
  new Map<string, Handler>([
    ['GET /', (_, response) => answer(response, 200, 'text/html', servedPage(title))],
    ['GET /page.js', (_, response) => answer(response, 200, 'text/javascript', script)],
    ['GET /page.css', (_, response) => answer(response, 200, 'text/css', style)],
    ['GET /icon.svg', (_, response) => answer(response, 200, 'image/svg+xml', ICON)],
  ]);

function turnAway(response: ServerResponse): void {
  const message =
    'Open the address that hasten printed. It works once, in one browser; if you have just come from it, reload this page.';
  answer(response, 403, 'text/html', messagePage(message));
}

/** Exchanges the token for a cookie, and has the browser forget it. */
function admit(access: Access, request: IncomingMessage, response: ServerResponse, token: string): void {
  const cookie = access.admit(token);
  if (cookie === undefined && !access.isKnown(request)) return turnAway(response);
  const headers = { location: '/', ...(cookie === undefined ? {} : { 'set-cookie': cookie }) };
  return answer(response, 303, 'text/plain', '', headers);
}

/** Answers a request, if whoever sends it may. */
function handle(
  { pages, data }: Routes,
  access: Access,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> | void {
  const wrong = access.refusalOf(request);
  if (wrong !== undefined) return refuse(response, wrong.status, wrong.reason);
  const { pathname, searchParams } = new URL(request.url ?? '/', access.origin);
  const name = `${request.method ?? ''} ${pathname}`;
  const token = searchParams.get('token');
  if (name === 'GET /' && token !== null) return admit(access, request, response, token);
  const isData = pathname.startsWith('/api/');
  const refused = isData ? access.dataRefusalOf(request) : undefined;
  if (refused !== undefined) return refuse(response, refused.status, refused.reason);
  if (!isData && !access.isKnown(request)) return turnAway(response);
  const handler = pages.get(name) ?? data.get(name);
  if (handler !== undefined) return handler(request, response, searchParams);
  const methods = [...pages.keys(), ...data.keys()]
    .filter((key) => key.endsWith(` ${pathname}`))
    .map((key) => key.split(' ')[0] ?? '');
  if (methods.length === 0) return refuse(response, 404, 'There is no such page.');
  return refuse(response, 405, 'That cannot be done here.', { allow: methods.join(', ') });
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Shows a page on this machine only, until it is closed. */
export async function servePage(routes: Routes): Promise<PageServer> {
  let access: Access | undefined;
  const server = createServer({ requestTimeout: 60_000 }, async (request, response) => {
    try {
      if (access !== undefined) await handle(routes, access, request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, messageOf(error));
    }
  });
  access = new Access(await listening(server));
  return {
    address: access.address,
    close() {
      server.close();
      server.closeIdleConnections();
      // A page that is open keeps its connection; an answer under way gets its end.
      setTimeout(() => server.closeAllConnections(), 200).unref();
    },
  };
}
