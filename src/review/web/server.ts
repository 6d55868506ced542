import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decisionsJson, type Decisions } from '../../run/plan-file/decisions.ts';
import { canDecide } from '../deciding.ts';
import type { ReviewSource } from '../review.ts';
import { Access } from './access.ts';
import { answer, answerJson, begin, bodyOf, refuse } from './answer.ts';
import { Applying, type ApplyDecisions } from './applying.ts';
import { KeptDecisions } from './kept-decisions.ts';
import type { PageBundle } from './page-bundle.ts';
import type { ApplyEvent, PageOutcome, PageReview } from './protocol.ts';
import { ICON, messagePage, servedPage } from './shell.ts';

/** What a server shows, keeps and writes. */
export interface ServedReview {
  readonly source: ReviewSource;
  readonly bundle: PageBundle;
  /** How what was decided is applied later: a command line. */
  readonly later: string;
  keep(decisions: Decisions): Promise<void>;
  readonly apply: ApplyDecisions;
}

/** A server that shows a review on this machine. */
export interface ReviewServer {
  /** The address to open. It works once. */
  readonly address: string;
  /** Once somebody says in the page that it is done. */
  readonly done: Promise<void>;
  /** What applying came to, if somebody did. */
  readonly outcome: PageOutcome | undefined;
  /** Waits for what is being written, keeps what was decided, and ends. Throws where that cannot be kept. */
  close(): Promise<void>;
}

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
) => Promise<void> | void;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The routes of one review. */
class Routes {
  private readonly served: ServedReview;
  private readonly access: Access;
  private readonly kept: KeptDecisions;
  private readonly applying: Applying;
  private readonly onDone: () => void;
  /** By method and path. */
  private readonly pages: ReadonlyMap<string, Handler>;
  private readonly data: ReadonlyMap<string, Handler>;

  constructor(
    served: ServedReview,
    access: Access,
    kept: KeptDecisions,
    applying: Applying,
    onDone: () => void,
  ) {
    this.served = served;
    this.access = access;
    this.kept = kept;
    this.applying = applying;
    this.onDone = onDone;
    const { bundle, source } = served;
    this.pages = new Map<string, Handler>([
      ['GET /', (_, response) => answer(response, 200, 'text/html', servedPage(source.review.name))],
      ['GET /page.js', (_, response) => answer(response, 200, 'text/javascript', bundle.script)],
      ['GET /page.css', (_, response) => answer(response, 200, 'text/css', bundle.style)],
      ['GET /icon.svg', (_, response) => answer(response, 200, 'image/svg+xml', ICON)],
    ]);
    this.data = new Map<string, Handler>([
      ['GET /api/review', (_, response) => answerJson(response, this.first())],
      ['GET /api/diff', (_, response, query) => this.diff(response, query)],
      ['GET /api/code', (_, response, query) => this.code(response, query)],
      ['PATCH /api/decisions', (request, response) => this.decide(request, response)],
      ['POST /api/apply', (request, response) => this.apply(request, response)],
      ['POST /api/end', (_, response) => this.end(response)],
    ]);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wrong = this.access.refusalOf(request);
    if (wrong !== undefined) return refuse(response, wrong.status, wrong.reason);
    const { pathname, searchParams } = new URL(request.url ?? '/', this.access.origin);
    const name = `${request.method ?? ''} ${pathname}`;
    const token = searchParams.get('token');
    if (name === 'GET /' && token !== null) return this.admit(request, response, token);
    const isData = pathname.startsWith('/api/');
    const refused = isData ? this.access.dataRefusalOf(request) : undefined;
    if (refused !== undefined) return refuse(response, refused.status, refused.reason);
    if (!isData && !this.access.isKnown(request)) return this.turnAway(response);
    const handler = this.pages.get(name) ?? this.data.get(name);
    if (handler !== undefined) return handler(request, response, searchParams);
    const methods = [...this.pages.keys(), ...this.data.keys()]
      .filter((key) => key.endsWith(` ${pathname}`))
      .map((key) => key.split(' ')[0] ?? '');
    if (methods.length === 0) return refuse(response, 404, 'There is no such page.');
    return refuse(response, 405, 'That cannot be done here.', { allow: methods.join(', ') });
  }

  /** Exchanges the token for a cookie, and has the browser forget it. */
  private admit(request: IncomingMessage, response: ServerResponse, token: string): void {
    const cookie = this.access.admit(token);
    if (cookie === undefined && !this.access.isKnown(request)) return this.turnAway(response);
    const headers = { location: '/', ...(cookie === undefined ? {} : { 'set-cookie': cookie }) };
    return answer(response, 303, 'text/plain', '', headers);
  }

  private turnAway(response: ServerResponse): void {
    const message =
      'Open the address that hasten printed. It works once, in one browser; if you have just come from it, reload this page.';
    answer(response, 403, 'text/html', messagePage(message));
  }

  private first(): PageReview {
    const { outcome, stage } = this.applying;
    return {
      mode: 'served',
      review: this.served.source.review,
      decisions: decisionsJson(this.kept.decisions),
      later: this.served.later,
      stage,
      ...(outcome === undefined || stage !== 'applied' ? {} : { outcome }),
    };
  }

  private async diff(response: ServerResponse, query: URLSearchParams): Promise<void> {
    answerJson(response, await this.served.source.diffOf(query.get('id') ?? ''));
  }

  private async code(response: ServerResponse, query: URLSearchParams): Promise<void> {
    const line = Number(query.get('line'));
    if (!Number.isSafeInteger(line) || line < 1) return refuse(response, 400, 'That is no line.');
    const code = await this.served.source.codeAround(query.get('path') ?? '', line);
    return answerJson(response, code ?? null);
  }

  private async decide(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === undefined)
      return refuse(response, 413, 'That is too much at once.', { connection: 'close' });
    if (this.applying.stage !== 'reviewing')
      return refuse(response, 409, 'What is accepted was applied already.');
    const trouble = this.kept.takeTrouble();
    try {
      this.kept.change(JSON.parse(body));
    } catch (error) {
      return refuse(response, 400, `These are no decisions: ${messageOf(error)}.`);
    }
    if (trouble !== undefined) return refuse(response, 500, trouble);
    return answerJson(response, {});
  }

  private async apply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if ((await bodyOf(request)) === undefined) return refuse(response, 413, 'That is too much at once.');
    // The decisions are kept first, so that nothing is lost if writing goes wrong.
    await this.kept.flush();
    if (this.applying.stage !== 'reviewing') return refuse(response, 409, 'It was applied already.');
    begin(response, 200, 'application/x-ndjson');
    const tell = (event: ApplyEvent): void => {
      if (!response.destroyed) response.write(`${JSON.stringify(event)}\n`);
    };
    await this.applying.begin(this.kept.decisions, tell);
    response.end();
  }

  private async end(response: ServerResponse): Promise<void> {
    answerJson(response, {});
    this.onDone();
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Shows a review on this machine only, until it is closed. */
export async function serveReview(served: ServedReview): Promise<ReviewServer> {
  const { source, keep, apply } = served;
  const known = new Set(source.review.items.filter(canDecide).map(({ id }) => id));
  const kept = new KeptDecisions(source.decisions, known, keep);
  const applying = new Applying(apply);
  let tellDone: (() => void) | undefined;
  const done = new Promise<void>((resolve) => (tellDone = resolve));
  let routes: Routes | undefined;
  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    routes?.handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, messageOf(error));
    });
  });
  const access = new Access(await listening(server));
  routes = new Routes(served, access, kept, applying, () => tellDone?.());
  return {
    address: access.address,
    done,
    get outcome() {
      return applying.outcome;
    },
    async close() {
      await applying.settled();
      server.close();
      server.closeIdleConnections();
      // A page that is open keeps its connection; an answer under way gets its end.
      setTimeout(() => server.closeAllConnections(), 200).unref();
      await kept.flush();
    },
  };
}
