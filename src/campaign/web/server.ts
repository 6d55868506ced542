import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { readPatch } from '../../review/read-patch.ts';
import { answerJson, refuse } from '../../review/web/answer.ts';
import type { PageBundle } from '../../review/web/page-bundle.ts';
import {
  bundledPage,
  servePage,
  type Handler,
  type PageServer,
  type Routes,
} from '../../review/web/page-server.ts';
import { isMissing } from '../../run/whole-file.ts';
import { endOfLog } from '../log-end.ts';
import type { Outcome } from '../outcome.ts';
import { fileOf } from '../state/folder.ts';
import { readLanding, readOutcome, readRecord, type CampaignRecord } from '../state/kept.ts';
import { RememberedOutcomes } from '../state/remembered.ts';
import { campaignStatus } from '../status.ts';
import { pageDetails, pageStatus } from './page-status.ts';
import type { PageDetails, PageDiff, PageLog, PageStatus } from './protocol.ts';
import { readableLog } from './readable-log.ts';

/** What a server shows. */
export interface ServedCampaign {
  /** The name of the campaign. */
  readonly name: string;
  /** Absolute path of the folder of the campaign. */
  readonly state: string;
  readonly bundle: PageBundle;
}

/** Lines of a patch that are shown, and that a browser can bear. */
const MOST_LINES = 50_000;

/** What `act` gives, or `otherwise` where there is no such file. */
async function orMissing<T>(otherwise: T, act: () => Promise<T> | T): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
}

/** The answers of one campaign. Everything is read anew for each, as others write it. */
class Answers implements Routes {
  readonly pages: Routes['pages'];
  readonly data: Routes['data'];
  private readonly state: string;
  private readonly outcomes: RememberedOutcomes;
  /** Several tabs that ask at once get one answer. */
  private reading: Promise<PageStatus | undefined> | undefined;

  constructor({ name, state, bundle }: ServedCampaign) {
    this.state = state;
    this.outcomes = new RememberedOutcomes(state);
    this.pages = bundledPage(`${name} – hasten batch`, bundle);
    this.data = new Map<string, Handler>([
      ['GET /api/status', (_, response) => this.status(response)],
      this.route('repository', (record, one) => this.details(record, one)),
      this.route('diff', (record, one) => this.diff(record, one)),
      this.route('log', (_, one) => this.log(one)),
    ]);
  }

  /** Answers what is asked of one repository, if the campaign has it: no name leads to any other file. */
  private route(
    path: string,
    answer: (record: CampaignRecord, name: string) => Promise<object>,
  ): readonly [string, Handler] {
    const handler: Handler = async (_, response, query) => {
      const name = query.get('name') ?? '';
      const record = await readRecord(this.state);
      if (record === undefined || !record.jobs.some(({ repository }) => repository === name))
        return refuse(response, 404, 'The campaign has no such repository.');
      return answerJson(response, await answer(record, name));
    };
    return [`GET /api/${path}`, handler];
  }

  private async readStatus(): Promise<PageStatus | undefined> {
    const record = await readRecord(this.state);
    return record === undefined
      ? undefined
      : pageStatus(await campaignStatus(this.state, record, this.outcomes));
  }

  private async status(response: ServerResponse): Promise<void> {
    this.reading ??= this.readStatus().finally(() => (this.reading = undefined));
    const status = await this.reading;
    if (status === undefined) return refuse(response, 404, 'The folder of the campaign is gone.');
    return answerJson(response, status);
  }

  /** What came of the job that the campaign asks for now; of another one that was before, nothing is shown. */
  private async outcomeOf({ jobs }: CampaignRecord, name: string): Promise<Outcome | undefined> {
    const outcome = await readOutcome(this.state, name);
    const asked = jobs.find(({ repository }) => repository === name);
    return outcome?.job === asked?.digest ? outcome : undefined;
  }

  private async details(record: CampaignRecord, name: string): Promise<PageDetails> {
    const outcome = await this.outcomeOf(record, name);
    if (outcome === undefined) return { facts: [], failures: [], commits: [] };
    return pageDetails(outcome, await readLanding(this.state, name));
  }

  private async diff(record: CampaignRecord, name: string): Promise<PageDiff> {
    const patch = fileOf(this.state, 'patches', name);
    const isThere = (await this.outcomeOf(record, name)) !== undefined;
    const text = isThere ? await orMissing('', () => readFile(patch, 'utf8')) : '';
    return { ...readPatch(text, MOST_LINES), patch };
  }

  private async log(name: string): Promise<PageLog> {
    const log = fileOf(this.state, 'logs', name);
    return { text: readableLog(await orMissing('', () => endOfLog(log))), log };
  }
}

/** Shows where a campaign stands on this machine only, until it is closed. Nothing can be changed from there. */
export const serveCampaign = (served: ServedCampaign): Promise<PageServer> => servePage(new Answers(served));
