import type { IncomingMessage, ServerResponse } from 'node:http';
import { decisionsJson, type Decisions } from '../../run/plan-file/decisions.ts';
import { canDecide } from '../deciding.ts';
import type { ReviewSource } from '../review.ts';
import { answerJson, begin, bodyOf, refuse } from './answer.ts';
import { Applying, type ApplyDecisions } from './applying.ts';
import { KeptDecisions } from './kept-decisions.ts';
import type { PageBundle } from './page-bundle.ts';
import { bundledPage, servePage, type Handler, type Routes } from './page-server.ts';
import type { ApplyEvent, PageOutcome, PageReview } from './protocol.ts';

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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The answers of one review. */
class Answers implements Routes {
  readonly pages: Routes['pages'];
  readonly data: Routes['data'];
  private readonly served: ServedReview;
  private readonly kept: KeptDecisions;
  private readonly applying: Applying;
  private readonly onDone: () => void;

  constructor(served: ServedReview, kept: KeptDecisions, applying: Applying, onDone: () => void) {
    this.served = served;
    this.kept = kept;
    this.applying = applying;
    this.onDone = onDone;
    const { bundle, source } = served;
    this.pages = bundledPage(`${source.review.name} – hasten review`, bundle);
    this.data = new Map<string, Handler>([
      ['GET /api/review', (_, response) => answerJson(response, this.first())],
      ['GET /api/diff', (_, response, query) => this.diff(response, query)],
      ['GET /api/code', (_, response, query) => this.code(response, query)],
      ['PATCH /api/decisions', (request, response) => this.decide(request, response)],
      ['POST /api/apply', (request, response) => this.apply(request, response)],
      ['POST /api/end', (_, response) => this.end(response)],
    ]);
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

/** Shows a review on this machine only, until it is closed. */
export async function serveReview(served: ServedReview): Promise<ReviewServer> {
  const { source, keep, apply } = served;
  const known = new Set(source.review.items.filter(canDecide).map(({ id }) => id));
  const kept = new KeptDecisions(source.decisions, known, keep);
  const applying = new Applying(apply);
  let tellDone: (() => void) | undefined;
  const done = new Promise<void>((resolve) => (tellDone = resolve));
  const server = await servePage(new Answers(served, kept, applying, () => tellDone?.()));
  return {
    address: server.address,
    done,
    get outcome() {
      return applying.outcome;
    },
    async close() {
      await applying.settled();
      server.close();
      await kept.flush();
    },
  };
}
