import type { PageDetails, PageDiff, PageLog, PageStatus } from '../../campaign/web/protocol.ts';
import { asked, json } from '../asking.ts';

const of = (path: string, name: string): Promise<Response> =>
  asked(`/api/${path}?${new URLSearchParams({ name })}`);

/** Where the campaign stands now. */
export const servedStatus = async (): Promise<PageStatus> => json<PageStatus>(await asked('/api/status'));

/** What there is to know of the repository of that name. */
export const servedDetails = async (name: string): Promise<PageDetails> =>
  json<PageDetails>(await of('repository', name));

/** Its changes. */
export const servedDiff = async (name: string): Promise<PageDiff> => json<PageDiff>(await of('diff', name));

/** What its commands said until now. */
export const servedLog = async (name: string): Promise<PageLog> => json<PageLog>(await of('log', name));
