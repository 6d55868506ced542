import type { Trap } from './generator.ts';

/** An obligation that an engine takes for granted. */
export interface Saboteur {
  readonly forgets: string;
  /** What the engine says where the obligation is not met; it then says that it is. */
  readonly claims: RegExp;
  /** What the programs are about that tell it. */
  readonly trap: Trap;
  /** The library that they are of: one in which few of them fail to be safe for another reason. */
  readonly library: string;
}

/** What stands for an obligation that the engine tells in no claim: it loads rows in another way where it is not met. */
export const SEEN_ELSEWHERE = 'the rows are seen elsewhere';

/** Obligations, limits, and that rows which are seen elsewhere are not loaded with more. */
export const SABOTEURS: readonly Saboteur[] = [
  {
    forgets: 'that keys may be null',
    claims: /is never null or undefined/,
    trap: 'keys that are null',
    library: 'typeorm',
  },
  {
    forgets: 'that keys may be of another type',
    claims: /of the type that .* has in rows|is an? \w+, as .* is in rows|a lookup would not find it/,
    trap: 'keys of another type',
    library: 'typeorm',
  },
  {
    forgets: 'the letter case of keys',
    claims: /in small letters/,
    trap: 'keys in capitals',
    library: 'typeorm',
  },
  {
    forgets: 'that rows may share a key',
    claims: /^No two rows of .* that it finds|takes the first row by its order/,
    trap: 'keys of several rows',
    library: 'prisma',
  },
  {
    forgets: 'refusals',
    claims: /refuses where there is no row/,
    trap: 'rows that must be there',
    library: 'sequelize',
  },
  {
    forgets: 'writes',
    claims: /writes rows of .* in a turn|writes nothing that|is refused by the database/,
    trap: 'turns that write',
    library: 'sequelize',
  },
  {
    forgets: 'that some lists can be walked once only',
    claims: /can be walked (?:twice|only once)/,
    trap: 'lists to be walked once',
    library: 'typeorm',
  },
  {
    forgets: 'that lists change',
    claims: /is changed while it is walked/,
    trap: 'lists that grow',
    library: 'prisma',
  },
  {
    forgets: 'that turns change keys',
    claims: /^A turn changes|changes nothing that the query|is refused by the database|takes any .* without/,
    trap: 'keys that change',
    library: 'typeorm',
  },
  {
    forgets: 'that turns would share rows',
    claims: /share one object/,
    trap: 'rows that are changed',
    library: 'typeorm',
  },
  {
    forgets: 'that columns more are seen',
    claims: /^The rows have to be asked for with|may share one object/,
    trap: 'rows without their key',
    library: 'sequelize',
  },
  {
    forgets: 'that errors are caught',
    claims:
      /is caught in each turn|is refused by the database|takes any .* without an error|in small letters/,
    trap: 'errors that are caught',
    library: 'typeorm',
  },
  {
    forgets: 'limits',
    claims: /of each turn, which one query for all turns cannot do/,
    trap: 'limits',
    library: 'prisma',
  },
  {
    forgets: 'that loaded rows are seen elsewhere',
    claims: new RegExp(SEEN_ELSEWHERE),
    trap: 'parents that are seen',
    library: 'prisma',
  },
];
