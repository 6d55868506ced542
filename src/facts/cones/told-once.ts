import { assumed, type Evidence } from '../../evidence.ts';

/** A claim of which there may be many alike, about one thing each. */
export interface VagueClaim extends Evidence {
  /** What it is about: "the property `name`". */
  readonly about: string;
  /** What is claimed of it: that nobody touches it meanwhile, where only its name is known, or that the order in which it is set does not matter. */
  readonly says: 'untouched' | 'order';
}

const isVague = (one: Evidence | VagueClaim): one is VagueClaim => 'about' in one;

/** As many claims that are alike are told one by one. */
const FEW = 3;

/** Many claims that are alike as one sentence. */
const TOGETHER: Readonly<Record<VagueClaim['says'], (names: string) => string>> = {
  untouched: (names) =>
    `While it waits no other turn touches what is read and written of objects that are known by their properties alone: ${names}`,
  order: (names) => `Two turns may set these in another order than they began: ${names}`,
};

/** Those that say the same of many things as one, which names the first of them. */
function asOne(vague: readonly VagueClaim[]): readonly Evidence[] {
  const [first] = vague;
  if (vague.length <= FEW || first === undefined)
    return vague.map(({ verdict, claim, seenAt }) => ({
      verdict,
      claim,
      ...(seenAt === undefined ? {} : { seenAt }),
    }));
  const names = [...new Set(vague.map(({ about }) => about.replace(/^the property /, '')))];
  const more = names.length > FEW ? ` and ${names.length - FEW} more` : '';
  return [assumed(TOGETHER[first.says](`${names.slice(0, FEW).join(', ')}${more}`), first.seenAt)];
}

/** The same claim about several places as one. */
function inOnePlace(all: readonly (Evidence | VagueClaim)[]): readonly (Evidence | VagueClaim)[] {
  const byText = new Map<string, (Evidence | VagueClaim)[]>();
  for (const one of all) {
    const key = `${one.verdict} ${one.claim}`;
    byText.set(key, [...(byText.get(key) ?? []), one]);
  }
  return [...byText.values()].flatMap((same) => {
    const [first] = same;
    const places = new Set(same.map(({ seenAt }) => `${seenAt?.path ?? ''}:${seenAt?.line ?? 0}`)).size;
    if (first === undefined) return [];
    return [places > 1 ? { ...first, claim: `${first.claim}, here and in ${places - 1} more` } : first];
  });
}

/** The evidence of a cone so that a person can read it: each claim once, and those that say little together. */
export function toldOnce(all: readonly (Evidence | VagueClaim)[]): readonly Evidence[] {
  const told = inOnePlace(all);
  const vague = told.filter(isVague);
  return [
    ...told.filter((one) => !isVague(one)),
    ...asOne(vague.filter(({ says }) => says === 'untouched')),
    ...asOne(vague.filter(({ says }) => says === 'order')),
  ];
}
