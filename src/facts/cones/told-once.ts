import { assumed, type Evidence } from '../../evidence.ts';

/** A claim about a property of objects of which nothing else is known. */
export interface VagueClaim extends Evidence {
  /** What it is about: "the property `name`". */
  readonly about: string;
}

const isVague = (one: Evidence | VagueClaim): one is VagueClaim => 'about' in one;

/** As many claims about properties are told one by one. */
const FEW = 3;

/** Those about properties of which there are many as one, which names the first of them. */
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
  const claim = `While it waits no other turn touches what is read and written of objects that are known by their properties alone: ${names.slice(0, FEW).join(', ')}${more}`;
  return [assumed(claim, first.seenAt)];
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
  return [...told.filter((one) => !isVague(one)), ...asOne(told.filter(isVague))];
}
