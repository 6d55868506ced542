import type { LibraryCall } from '../library.ts';
import type { BlockingCall, BlockingContext, BlockingTable } from './blocking-call.ts';
import { BLOCKING_ARCHIVES } from './archives.ts';
import { BLOCKING_CHILD_PROCESS } from './commands.ts';
import { BLOCKING_COMPILERS } from './compilers.ts';
import { BLOCKING_CRYPTO } from './crypto.ts';
import { BLOCKING_DELETION } from './deletion.ts';
import { BLOCKING_FS_EXTRA } from './fs-extra.ts';
import { BLOCKING_FS } from './fs.ts';
import { BLOCKING_GLOBBING } from './globbing.ts';
import { BLOCKING_HASHING } from './hashing.ts';
import { BLOCKING_IMAGES } from './images.ts';
import { BLOCKING_LOOKUP } from './lookup.ts';
import { BLOCKING_PROCESSES } from './processes.ts';
import { BLOCKING_SLEEP } from './sleep.ts';
import { BLOCKING_TEMPORARY } from './temporary.ts';
import { BLOCKING_ZLIB } from './zlib.ts';

/** Every table. One that knows a call wins over those below it. */
const TABLES: readonly BlockingTable[] = [
  ...BLOCKING_SLEEP,
  ...BLOCKING_FS,
  ...BLOCKING_FS_EXTRA,
  BLOCKING_CHILD_PROCESS,
  ...BLOCKING_CRYPTO,
  BLOCKING_ZLIB,
  ...BLOCKING_GLOBBING,
  ...BLOCKING_DELETION,
  ...BLOCKING_PROCESSES,
  ...BLOCKING_HASHING,
  ...BLOCKING_LOOKUP,
  ...BLOCKING_TEMPORARY,
  ...BLOCKING_ARCHIVES,
  ...BLOCKING_IMAGES,
  ...BLOCKING_COMPILERS,
];

const byPackage = new Map<string, readonly BlockingTable[]>();

/** The tables of a package. */
function tablesOf(name: string): readonly BlockingTable[] {
  const known = byPackage.get(name) ?? TABLES.filter(({ packages }) => packages.includes(name));
  byPackage.set(name, known);
  return known;
}

/** Whether any table speaks of the package. */
export const isBlockingPackage = (name: string): boolean => tablesOf(name).length > 0;

/** The blocking call that a call of a library is, with its twin; undefined where it is none, or is not known to be. */
export function blockingCallOf(call: LibraryCall, context: BlockingContext): BlockingCall | undefined {
  for (const table of tablesOf(call.package)) {
    const found = table.describe(call, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Matches every text of a file that has such a call, in ASCII alone. */
export const BLOCKING_NAMES =
  /Sync\b|\bsync\b|\$\.s\b|\bAtomics\b|\bdeasync\b|sleep|\bshelljs\b|\bjsonwebtoken\b|\bimage-size\b|[rR]andomBytes\b|\brandomInt\b/;
