import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { unknownPlaceholder } from '../review/commit-message.ts';
import type { Grouping } from '../run/commits/groups.ts';
import { messageOf } from '../run/whole-file.ts';
import { CampaignError, type Campaign, type CampaignFault, type RepositoryEntry } from './campaign.ts';
import { repositoryFaults } from './repositories.ts';
import { schemaFaults } from './schema-faults.ts';
import { unknownIn, BRANCH_WORDS, REQUEST_WORDS } from './templates.ts';
import { parseYaml } from './yaml-file.ts';

/** What a file says that the schema allows. */
interface Written {
  readonly name?: string;
  readonly repositories: readonly (string | RepositoryEntry)[];
  readonly where?: { readonly dependency?: string | string[]; readonly file?: string | string[] };
  readonly ref?: string;
  readonly transforms?: Campaign['transforms'];
  readonly sets?: readonly string[];
  readonly level?: Campaign['level'];
  readonly types?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ownConfig?: boolean;
  readonly install?: string;
  readonly verify?:
    | string
    | string[]
    | {
        readonly commands: string | string[];
        readonly runs?: number;
        readonly timeLimit?: number;
        readonly onFailure?: 'leave-out' | 'fail';
      };
  readonly branch?: string;
  readonly commit?: Grouping | (Partial<Campaign['commit']> & object);
  readonly push?: boolean | { readonly existing?: 'refuse' | 'replace' };
  readonly pullRequest?: { readonly with: string } & Partial<NonNullable<Campaign['pullRequest']>>;
  readonly limits?: Partial<Campaign['limits']>;
  readonly cache?: string;
}

/** What git takes for the name of a branch: see git-check-ref-format. Words in braces stand for what is allowed. */
const isBranchName = (name: string): boolean =>
  !/^[-/]|\.\.|@\{|\/\/|\/\.|^\.|[\s~^:?*[\\\u007f]|\.lock(?:\/|$)|[/.]$|^@$/.test(
    name.replace(/\{[a-z]+\}/g, 'x'),
  );

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

function verificationOf(verify: Written['verify']): Pick<Campaign, 'verify'> {
  if (verify === undefined) return {};
  const { commands, ...rest } =
    typeof verify === 'string' || Array.isArray(verify) ? { commands: verify } : verify;
  const usual = { runs: 25, timeLimit: 600, onFailure: 'leave-out' } as const;
  return { verify: { ...usual, ...rest, commands: listOf(commands) } };
}

function pushOf(push: Written['push']): Pick<Campaign, 'push'> {
  if (push === undefined || push === false) return {};
  return { push: { existing: 'refuse', ...(push === true ? {} : push) } };
}

/** The campaign that a file says, with what it leaves out. */
function campaignOf(written: Written, file: string, placeOf: Campaign['placeOf']): Campaign {
  const { repositories, where = {}, transforms = {}, commit = {}, pullRequest, limits, cache } = written;
  const name = written.name ?? basename(file).replace(/\.[^.]*$/, '');
  return {
    name,
    file,
    repositories: repositories.map((entry) => (typeof entry === 'string' ? { source: entry } : entry)),
    where: { dependency: listOf(where.dependency), file: listOf(where.file) },
    ...(written.ref === undefined ? {} : { ref: written.ref }),
    transforms,
    sets: written.sets ?? [],
    level: written.level ?? 'safe',
    types: written.types ?? true,
    include: written.include ?? [],
    exclude: written.exclude ?? [],
    ownConfig: written.ownConfig ?? true,
    ...(written.install === undefined ? {} : { install: written.install }),
    ...verificationOf(written.verify),
    branch: written.branch ?? 'hasten/{campaign}',
    commit: {
      grouping: 'together',
      signoff: false,
      ...(typeof commit === 'string' ? { grouping: commit } : commit),
    },
    ...pushOf(written.push),
    ...(pullRequest === undefined
      ? {}
      : { pullRequest: { title: '{what}', body: '{summary}', draft: false, ...pullRequest } }),
    limits: { time: 1800, memory: 4096, packages: 20, ...limits },
    ...(cache === undefined ? {} : { cache: resolve(dirname(file), cache) }),
    placeOf,
  };
}

/**
 * What is wrong although the schema allows it.
 * @param isLost whether what stands there is not known, as it has a fault itself.
 */
function* faultsOf(
  { name, branch, commit, push, pullRequest, placeOf }: Campaign,
  isLost: (key: keyof Written) => boolean,
): Iterable<CampaignFault> {
  if (!isLost('name') && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name))
    yield {
      place: placeOf([]),
      says: `the name of the file cannot be that of the campaign (${JSON.stringify(name)}); give it one with \`name\`.`,
    };
  const templates = [
    { keys: ['branch'], text: branch, unknown: unknownIn(branch, BRANCH_WORDS), words: BRANCH_WORDS },
    ...(['title', 'body'] as const).map((key) => {
      const text = pullRequest?.[key] ?? '';
      return {
        keys: ['pullRequest', key],
        text,
        unknown: unknownIn(text, REQUEST_WORDS),
        words: REQUEST_WORDS,
      };
    }),
  ];
  for (const { keys, unknown, words } of templates)
    if (unknown !== undefined)
      yield {
        place: placeOf(keys),
        says: `there is no {${unknown}} for \`${keys.join('.')}\`.`,
        unknown: { name: unknown, known: Object.keys(words) },
      };
  const word = commit.message === undefined ? undefined : unknownPlaceholder(commit.message);
  if (word !== undefined)
    yield { place: placeOf(['commit', 'message']), says: `there is no {${word}} for \`commit.message\`.` };
  if (!isBranchName(branch))
    yield { place: placeOf(['branch']), says: `git allows no branch of the name ${JSON.stringify(branch)}.` };
  if (pullRequest !== undefined && push === undefined && !isLost('push'))
    yield {
      place: placeOf(['pullRequest']),
      says: 'a pull request needs its branch at the remote: add `push: true`.',
    };
}

/** Finds what is wrong with a campaign beside what is found here; parts that have a fault are left out of it. */
export type CampaignCheck = (campaign: Campaign) => Promise<readonly CampaignFault[]>;

/** Faults by their lines in the file at `path`, and then those elsewhere. */
function inOrder(faults: readonly CampaignFault[], path: string): CampaignFault[] {
  const lineOf = ({ place }: CampaignFault): number =>
    place.startsWith(`${path}:`) ? Number(/\d+$/.exec(place)?.[0]) : Number.MAX_SAFE_INTEGER;
  return faults.toSorted((a, b) => lineOf(a) - lineOf(b));
}

/**
 * Reads a campaign's file.
 * @param path absolute.
 * @param packageRoot the folder of this package, which has the schema.
 * @param check finds more.
 * @throws {CampaignError} with everything that is wrong, each with the file and the line. What a command lists is looked at only where nothing else is wrong.
 */
export async function readCampaign(
  path: string,
  packageRoot: string,
  check: CampaignCheck = async () => [],
): Promise<Campaign> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new CampaignError([{ place: path, says: `the campaign cannot be read: ${messageOf(error)}.` }]);
  }
  const parsed = parseYaml(text);
  if ('faults' in parsed)
    throw new CampaignError(parsed.faults.map(({ line, says }) => ({ place: `${path}:${line}`, says })));
  const placeOf: Campaign['placeOf'] = (keys) => `${path}:${parsed.lineOf(keys)}`;
  const schema: unknown = JSON.parse(
    readFileSync(join(packageRoot, 'docs', 'schemas', 'campaign.schema.json'), 'utf8'),
  );
  const { value } = parsed;
  const { faults: wrong, sound } = await schemaFaults(value, schema as object, placeOf);
  if (sound === undefined) throw new CampaignError(wrong);
  const isLost = (key: keyof Written): boolean =>
    Object.hasOwn(value as object, key) && !Object.hasOwn(sound, key);
  // What is left of it, the schema allows.
  const campaign = campaignOf({ repositories: [], ...sound } as Written, path, placeOf);
  const faults = [...wrong, ...faultsOf(campaign, isLost), ...(await check(campaign))];
  if (faults.length === 0) return campaign;
  throw new CampaignError(inOrder([...faults, ...(await repositoryFaults(campaign))], path));
}
