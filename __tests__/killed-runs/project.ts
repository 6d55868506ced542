import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileChange } from '../../src/run/plan.ts';
import type { WriteRequest } from '../../src/run/write.ts';
import type { Proposal } from '../../src/transform.ts';

/** Numbers from 0 to below 1 that depend on `seed` alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const BOM = '\uFEFF';

/** The text of a file: with LF or CRLF, with or without a byte order mark and a last line ending, of some bytes or many. */
function textOf(index: number): string {
  const ending = index % 5 === 0 ? '\r\n' : '\n';
  const count = index % 97 === 3 ? 4000 : (index * 7) % 60;
  const lines = Array.from({ length: count }, (_, line) => `const ünder${line} = '${index}-${line}';`);
  return (index % 7 === 0 ? BOM : '') + lines.join(ending) + (index % 3 === 0 ? '' : ending);
}

const MODES = [0o644, 0o755, 0o600, 0o664];

const proposal = (id: string): Proposal => ({
  id,
  transform: 'some-to-others',
  path: '',
  start: 0,
  end: 0,
  title: '',
  evidence: [],
  safety: 'safe',
  edits: [],
});

/** The name of a file that is there, in one of some folders. */
const nameOf = (index: number): string => `src/part-${index % 13}/file-${index}.ts`;

/** Every 29th file is found through a link. */
const isLinked = (index: number): boolean => index % 29 === 1;

/** The changes that a run makes in a project of `size` files; every 40th creates one more, in folders that are not there. */
export function changesIn(root: string, size: number): FileChange[] {
  const changes: FileChange[] = [];
  for (let index = 0; index < size; index++) {
    const before = textOf(index);
    const name = isLinked(index) ? `links/link-${index}.ts` : nameOf(index);
    const proposals = [proposal(`own-${index}`), proposal(`shared-${Math.floor(index / 3)}`)];
    const after = index % 11 === 2 ? '' : `${before}// ${'äfter '.repeat(index % 50)}`;
    changes.push({
      path: join(root, name),
      before,
      after: before === after ? `${after};` : after,
      proposals,
    });
    if (index % 40 !== 5) continue;
    const path = join(root, `made/${index % 3}/${index}/new-${index}.ts`);
    changes.push({ path, before: null, after: `export const made = ${index};\n`, proposals });
  }
  return changes;
}

/** The request with which a project's changes are written. */
export const requestFor = (root: string): WriteRequest => ({
  root,
  asked: { paths: ['.'], level: 'safe' },
});

/** Writes a project of `size` files, and beside them what no run may touch. */
export function layProject(root: string, size: number): void {
  const put = (name: string, content: string | Buffer, mode = 0o644): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
    chmodSync(join(root, name), mode);
  };
  for (let index = 0; index < size; index++)
    put(nameOf(index), textOf(index), MODES[index % MODES.length] ?? 0o644);
  mkdirSync(join(root, 'links'));
  for (let index = 0; index < size; index++)
    if (isLinked(index)) symlinkSync(`../${nameOf(index)}`, join(root, `links/link-${index}.ts`));
  put('src/part-0/latin1.ts', Buffer.from([0x2f, 0x2f, 0x20, 0xe4, 0xfc, 0x0a]));
  put('src/part-0/binary.ts', Buffer.from([0, 255, 254, 0]));
  symlinkSync('nowhere', join(root, 'links/dangling'));
  mkdirSync(join(root, 'empty'));
}

/** Copies a project with its journal, links and permissions. */
export const copyProject = (from: string, to: string): void =>
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });

/** What is in a project beside the journal, by path: folders, links with where they lead, files with permissions and bytes. */
export function contentsOf(root: string): ReadonlyMap<string, string> {
  const contents = new Map<string, string>();
  const visit = (name: string): void => {
    for (const entry of readdirSync(join(root, name), { withFileTypes: true })) {
      const inner = join(name, entry.name);
      const path = join(root, inner);
      if (inner === '.hasten') continue;
      if (entry.isSymbolicLink()) contents.set(inner, `link to ${readlinkSync(path)}`);
      else if (entry.isDirectory()) {
        contents.set(inner, 'folder');
        visit(inner);
      } else {
        const mode = (lstatSync(path).mode & 0o7777).toString(8);
        contents.set(inner, `${mode} ${readFileSync(path).toString('latin1')}`);
      }
    }
  };
  visit('');
  return contents;
}

/** The paths whose contents differ between two states of a project. */
export function differences(
  wanted: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string[] {
  const paths = new Set([...wanted.keys(), ...found.keys()]);
  return [...paths].filter((path) => wanted.get(path) !== found.get(path));
}
