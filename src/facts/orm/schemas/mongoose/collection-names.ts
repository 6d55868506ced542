/** The names of collections where none is given. */

const WITHOUT_PLURAL = new Set(
  `advice energy excretion digestion cooperation health justice labour machinery equipment information pollution sewage paper money
  species series rain rice fish sheep moose deer news expertise status media`.split(/\s+/),
);

/** Endings, and what stands there in the plural; the first that fits counts. */
const PLURALS: readonly (readonly [ending: RegExp, plural: string])[] = [
  [/(?<=hum)an$/, 'ans'],
  [/(?<=m)an$/, 'en'],
  [/(?<=pe)rson$/, 'ople'],
  [/(?<=child)$/, 'ren'],
  [/(?<=^ox)$/, 'en'],
  [/(?<=ax|test)is$/, 'es'],
  [/(?<=octop|vir)us$/, 'i'],
  [/(?<=alias|status|bus)$/, 'es'],
  [/(?<=buffalo|tomato|potato)$/, 'es'],
  [/(?<=[ti])um$/, 'a'],
  [/sis$/, 'ses'],
  [/(?<=[^f])fe$|(?<=[lr])f$/, 'ves'],
  [/(?<=hive)$/, 's'],
  [/(?<=[^aeiouy]|qu)y$/, 'ies'],
  [/(?<=x|ch|ss|sh)$/, 'es'],
  [/(?<=matr|vert|ind)ix/g, 'ices'],
  [/(?<=[ml|])ouse$/, 'ice'],
  [/(?<=quiz)$/, 'zes'],
  [/^goose$/, 'geese'],
  [/(?<=s|[^a-z])$/, ''],
  [/$/, 's'],
];

/** The name that Mongoose gives to the collection of a model: https://mongoosejs.com/docs/models.html#compiling */
export function collectionName(model: string): string {
  const name = model.toLowerCase();
  const rule = WITHOUT_PLURAL.has(name) ? undefined : PLURALS.find(([ending]) => name.search(ending) >= 0);
  return rule === undefined ? name : name.replace(rule[0], rule[1]);
}
