import { readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import type { ShardDocument } from './document.ts';

/** A short digest of a text. */
export const digestOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 16);

/** The digests that the text at `path` may have without byte order mark: TypeScript reads UTF-16 too. Null alone where there is no file. */
function digestsAt(path: string): readonly (string | null)[] {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return [null];
    const content = readFileSync(path);
    const texts = [content.toString('utf8')];
    if (content[0] === 0xff && content[1] === 0xfe) texts.push(content.toString('utf16le'));
    return texts.map((text) => digestOf(text.replace(/^\uFEFF/, '')));
  } catch {
    return [null];
  }
}

/** A digest of the names, as seen from `root`, and the contents of files. */
export function filesDigest(files: readonly string[], root: string): string {
  const hash = createHash('sha256');
  for (const path of files) {
    let content: Buffer | string;
    try {
      content = readFileSync(path);
    } catch {
      content = 'not to be read';
    }
    hash.update(`${relative(root, path)}\0`).update(createHash('sha256').update(content).digest());
  }
  return hash.digest('base64url');
}

/** Numbers as a person lists them, not too many of them. */
function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 8).join(', ');
  return numbers.length > 8 ? `${shown} and ${numbers.length - 8} more` : shown;
}

/** A shard, and the file that it was read from. */
export interface NamedShard {
  readonly name: string;
  readonly document: ShardDocument;
}

/** What all shards of one run have in common, and how it is called where they do not. */
const SAME: readonly (readonly [(document: ShardDocument) => unknown, string])[] = [
  [({ hasten }) => hasten, 'are of different versions of hasten'],
  [({ shard }) => shard.of, 'are not parts of as many'],
  [({ search }) => search, 'were asked for different things'],
  [({ asks }) => asks, 'have different configurations or options'],
  [({ files }) => files, 'saw different files, or other contents of them: they have to be of one commit'],
];

/** Why shards cannot be joined, by themselves: a sentence; undefined where nothing stands against it. */
export function whyNotTogether(shards: readonly NamedShard[]): string | undefined {
  const [first, ...rest] = shards;
  if (first === undefined) return 'There is no shard to merge.';
  for (const [partOf, difference] of SAME) {
    const own = JSON.stringify(partOf(first.document));
    const other = rest.find(({ document }) => JSON.stringify(partOf(document)) !== own);
    if (other !== undefined) return `${first.name} and ${other.name} ${difference}.`;
  }
  const { of } = first.document.shard;
  const byIndex = new Map<number, string>();
  for (const { name, document } of shards) {
    const { index } = document.shard;
    const before = byIndex.get(index);
    if (before !== undefined) return `${before} and ${name} are both shard ${index} of ${of}.`;
    byIndex.set(index, name);
  }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !byIndex.has(index));
  if (missing.length === 0) return undefined;
  return `Of ${of} shards ${missing.length === 1 ? 'this one is' : 'these are'} missing: ${listed(missing)}.`;
}

/** Why shards say nothing about what is on disk here: a sentence; undefined where they do. */
export function whyNotHere(
  shards: readonly NamedShard[],
  {
    asks,
    files,
    matched,
    root,
  }: Pick<ShardDocument, 'asks' | 'files'> & {
    /** The files that are to be looked at. */
    readonly matched: readonly string[];
    readonly root: string;
  },
): string | undefined {
  const [first] = shards;
  if (first?.document.asks !== asks)
    return 'The configuration or the options of a transform are others here than where the shards ran.';
  if (first.document.files !== files)
    return 'The files are others here than where the shards ran: merge where the same commit is checked out.';
  const digests = new Map<string, readonly (string | null)[]>();
  for (const { name, document } of shards) {
    for (const [path, digest] of document.read) {
      const here = digests.get(path) ?? digestsAt(path);
      digests.set(path, here);
      if (!here.includes(digest))
        return `${relative(root, path)} is another one here than where ${name} was made: the same packages have to be installed.`;
    }
  }
  const looked = shards.flatMap(({ document }) => document.looked);
  const isComplete = looked.length === matched.length && new Set(looked).size === matched.length;
  return isComplete
    ? undefined
    : 'The shards did not look at each file once: one of their files was changed.';
}
