import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { messageOf } from '../run/whole-file.ts';
import { tellingLine } from '../run/verification/command.ts';
import { printedBy } from './printed.ts';
import { CampaignError, type Campaign, type CampaignFault, type RepositoryEntry } from './campaign.ts';

/** One repository of a campaign. */
export interface Repository {
  /** No other one of the campaign has it, not even in other letters. */
  readonly name: string;
  /** An absolute path, or a URL. */
  readonly source: string;
  /** What it starts from; the HEAD of the source unless told. */
  readonly ref?: string;
}

/** A repository as it is written, and where. */
interface Listed extends Required<Pick<RepositoryEntry, 'source'>> {
  readonly name: string | undefined;
  readonly ref: string | undefined;
  /** Paths are seen from it. */
  readonly folder: string;
  readonly place: string;
}

/** Whether a source is a URL: with a scheme, or as ssh has it, `git@host:path`. */
export const isUrl = (source: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(source) || /^[^/\\:@]+@[^/\\:]+:/.test(source);

/** The name of a repository as that of a file: no two names give the same. */
export const fileNameOf = (name: string): string => name.replaceAll('/', '+');

/** A source without the password or token in it, for messages and everything that is kept. */
export const withoutSecret = (text: string): string =>
  text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/gi, (whole, scheme: string) =>
    /^ssh/i.test(scheme) ? whole : scheme,
  );

/** Reads lines of `source`, `source<tab>ref` or `source<tab>ref<tab>name`; empty ones and those that begin with `#` say nothing. */
function* linesOf(text: string, folder: string, placeOf: (line: number) => string): Generator<Listed> {
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const [source = '', ref = '', name = ''] = line.split('\t').map((part) => part.trim());
    if (source === '' || source.startsWith('#')) continue;
    yield {
      source,
      ref: ref === '' ? undefined : ref,
      name: name === '' ? undefined : name,
      folder,
      place: placeOf(index + 1),
    };
  }
}

/** What one entry of the campaign names or lists. */
async function listedBy(
  { source, name, ref, list, command }: RepositoryEntry,
  { file }: Campaign,
  place: string,
  signal: AbortSignal | undefined,
): Promise<Listed[]> {
  const folder = dirname(file);
  const fault = (says: string): CampaignError => new CampaignError([{ place, says }]);
  if (source !== undefined) return [{ source, name, ref, folder, place }];
  if (name !== undefined) throw fault('`name` goes with `source`: a list has names of its own.');
  const withRef = (one: Listed): Listed => ({ ...one, ref: one.ref ?? ref });
  if (list !== undefined) {
    const path = resolve(folder, list);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw fault(`the list of repositories cannot be read: ${messageOf(error)}.`);
    }
    return [...linesOf(text, dirname(path), (line) => `${path}:${line}`)].map(withRef);
  }
  const ran = await printedBy(command ?? '', folder, signal);
  if (ran.failure !== undefined)
    throw fault(`the command that lists repositories fails: ${tellingLine(ran.stderr) || ran.failure}`);
  return [...linesOf(ran.stdout, folder, () => place)].map(withRef);
}

/** What stands at the end of a source: `acme/orders` of a URL, the folder of a path. */
function endOf(source: string): string {
  const path = source
    .replace(/[/\\]+$/, '')
    .replace(/\.git$/, '')
    .replace(/[/\\]+$/, '');
  const end = isUrl(source)
    ? path
        .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i, '')
        .replace(/^[^/]*:/, '')
        .split('/')
        .slice(-2)
        .join('/')
    : basename(path);
  return end.replace(/[^\w.@/-]+/g, '-').replace(/^[.\-/]+/, '_') || '_';
}

const CORRECT_NAME = /^[A-Za-z0-9_@][A-Za-z0-9._@/-]{0,199}$/;
const CORRECT_REF = /^[^-\s~^:?*[\\][^\s~^:?*[\\]*$/;

/** Why a repository as it is written cannot be one. */
function whyNot({ source, name, ref }: Listed): string | undefined {
  // Git would take the first for an option, and run the second as a command.
  if (source.startsWith('-') || /^[a-z0-9]+::/i.test(source))
    return `${JSON.stringify(source)} is no path or URL of a repository.`;
  if (name !== undefined && !CORRECT_NAME.test(name))
    return `${JSON.stringify(name)} cannot be the name of a repository: letters, digits and . _ @ / - can.`;
  if (ref !== undefined && !CORRECT_REF.test(ref))
    return `${JSON.stringify(ref)} is no branch, tag or commit.`;
  return undefined;
}

/** The repositories with names by which they can be told apart, and what keeps some from being one. */
function named(all: readonly Listed[], usualRef: string | undefined): Found {
  const faults: CampaignFault[] = [];
  const names = all.map((one) => one.name ?? endOf(one.source));
  const count = (name: string): number =>
    names.filter((one) => one.toLowerCase() === name.toLowerCase()).length;
  const seen = new Map<string, string>();
  const repositories = all.map((one, index): Repository => {
    const ref = one.ref ?? usualRef;
    const short = names[index] ?? '';
    const name =
      one.name === undefined && count(short) > 1 && ref !== undefined
        ? `${short}@${ref.replace(/[^\w./-]+/g, '-')}`
        : short;
    const says = whyNot(one);
    const before = seen.get(name.toLowerCase());
    if (says !== undefined) faults.push({ place: one.place, says });
    else if (before !== undefined)
      faults.push({
        place: one.place,
        says: `the name of this repository, \`${name}\`, is taken already (${before}); give it another one with \`name\`.`,
      });
    seen.set(name.toLowerCase(), before ?? one.place);
    const source = isUrl(one.source) ? one.source : resolve(one.folder, one.source);
    return { name, source, ...(ref === undefined ? {} : { ref }) };
  });
  return { repositories, faults };
}

/** Repositories, and what is wrong with others. */
interface Found {
  readonly repositories: readonly Repository[];
  readonly faults: readonly CampaignFault[];
}

/** What those entries of a campaign name and list that `isWanted` lets through. */
async function found(
  campaign: Campaign,
  isWanted: (entry: RepositoryEntry) => boolean,
  signal?: AbortSignal,
): Promise<Found> {
  const all: Listed[] = [];
  const faults: CampaignFault[] = [];
  for (const [index, entry] of campaign.repositories.entries()) {
    if (!isWanted(entry)) continue;
    const place = campaign.placeOf(['repositories', index]);
    try {
      all.push(...(await listedBy(entry, campaign, place, signal)));
    } catch (error) {
      if (!(error instanceof CampaignError)) throw error;
      faults.push(...error.faults);
    }
  }
  const { repositories, faults: more } = named(all, campaign.ref);
  return { repositories, faults: [...faults, ...more] };
}

/** What is wrong with the repositories of a campaign, as far as that can be told without running a command. */
export const repositoryFaults = async (campaign: Campaign): Promise<readonly CampaignFault[]> =>
  (await found(campaign, ({ command }) => command === undefined)).faults;

/**
 * The repositories of a campaign, in its order. Reads lists and runs commands that list some.
 * @throws {CampaignError} with all of it where a list is not to be had, two repositories have one name, or one is none; the reason of `signal`.
 */
export async function repositoriesOf(
  campaign: Campaign,
  signal?: AbortSignal,
): Promise<readonly Repository[]> {
  const { repositories, faults } = await found(campaign, () => true, signal);
  if (faults.length > 0) throw new CampaignError(faults);
  if (repositories.length === 0)
    throw new CampaignError([
      { place: campaign.placeOf(['repositories']), says: 'no repository is listed.' },
    ]);
  return repositories;
}
