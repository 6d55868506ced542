import { dirname } from 'node:path';
import { ts } from 'ts-morph';
import type { Model, Relation } from '../../schema.ts';
import { siteOf } from '../nodes.ts';
import { Origins } from '../origins.ts';
import { collectionName } from './collection-names.ts';
import { emptyDraft, finish, merge, setColumn, type Draft, type Index, type Reference } from './draft.ts';
import { Schemas } from './schemas.ts';
import { Uses, type Declared } from './uses.ts';
import { written } from './written.ts';

/**
 * The models that a project declares with Mongoose, alone or by the decorators of `@nestjs/mongoose` or Typegoose. `sources` are all
 * files of the project. Paths of documents are columns, those of subdocuments too: `author.id`. A subdocument is itself a column of
 * type `json`. Getters and setters of a path are hooks, `get email`, and so are plugins: `plugin paginate`.
 */
export function readMongooseModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  if (!sources.some(({ text }) => IMPORT.test(text))) return [];
  const uses = new Uses(new Origins(checker, 'mongoose'));
  for (const source of sources) if (MENTION.test(source.text)) uses.collect(source);
  return modelsOf(uses);
}

const IMPORT = /['"](?:mongoose|@nestjs\/mongoose|@?[\w-]*\/?typegoose)['"]|\bapp\.mongoose\b/;

const MENTION = /goose|schema|\.(?:model|discriminator)\(/i;

function modelsOf(uses: Uses): readonly Model[] {
  const schemas = new Schemas(uses);
  const declared = [...uses.declared];
  const drafts = declared.map((one) => draftOf(one, declared, schemas));
  // A class whose schema is not bound to a name anywhere is called by its own.
  for (const [owner, call] of uses.schemaClasses) {
    const isBound = declared.some((one) => one.schema === call);
    if (isBound || !ts.isClassLike(owner) || owner.name === undefined) continue;
    const draft = schemas.read(call);
    if (schemas.embedded.has(call) || schemas.embedded.has(owner)) continue;
    declared.push({ name: owner.name.text, schema: call, node: call, collection: undefined, unread: [] });
    drafts.push(draft ?? emptyDraft());
  }
  const drafted = declared.map((one, at): Drafted => ({ declared: one, draft: drafts[at] ?? emptyDraft() }));
  const models = drafted.map((one) => modelOf(one, drafted, uses));
  return models.map((model) => ({
    ...model,
    relations: model.relations.map((relation) => withInverse(relation, model, models)),
  }));
}

interface Drafted {
  readonly declared: Declared;
  readonly draft: Draft;
}

/** What the schema of a model declares; of a discriminator with that of the model that it is one of. */
function draftOf(one: Declared, all: readonly Declared[], schemas: Schemas): Draft {
  const own = one.schema === undefined ? undefined : schemas.read(one.schema);
  if (one.base === undefined) return own ?? emptyDraft();
  const base = all.find((other) => other.node === one.base);
  const draft = emptyDraft();
  if (base !== undefined) {
    merge(draft, draftOf(base, all, schemas));
  }
  if (own !== undefined) merge(draft, own);
  finish(draft, schemas.origins);
  return draft;
}

function modelOf({ declared, draft }: Drafted, all: readonly Drafted[], uses: Uses): Model {
  const { origins } = uses;
  const unread = [...declared.unread, ...draft.unread];
  const hooks = [...new Set([...draft.hooks, ...uses.globalPlugins])];
  const discriminators = all.filter((one) => one.declared.base === declared.node);
  for (const one of discriminators) unread.push(`the discriminator \`${one.declared.name}\``);
  const hasAutopopulate = hooks.some((one) => /^plugin .*autopopulate/i.test(one));
  const relations = [...draft.references.values()].flatMap((reference) => {
    const found = relationOf(reference, declared, all);
    if (typeof found === 'string') {
      unread.push(found);
      return [];
    }
    if (!reference.isEager || hasAutopopulate) return [found];
    unread.push(`whether a plugin populates \`${reference.name}\``);
    return [{ ...found, isEager: false }];
  });
  const versionKey = draft.options.get('versionKey');
  const version = versionKey === undefined ? '__v' : origins.textOf(versionKey);
  if (version !== undefined && !draft.columns.has(version) && declared.schema !== undefined)
    setColumn(draft, version, 'float', 'Number', false);
  const { uniques, indexes } = indexesOf(draft);
  return {
    orm: 'mongoose',
    name: declared.name,
    table: tableOf(declared, draft, all, uses),
    columns: [...draft.columns.values()].map((one) => ({ ...one })),
    primaryKey: draft.columns.has('_id') ? ['_id'] : [],
    uniques,
    indexes,
    relations,
    hooks,
    defaultScope: scopeOf(declared, draft, origins),
    softDelete: undefined,
    virtuals: [...draft.virtuals],
    unread: [...new Set(unread)],
    seenAt: siteOf(declared.node),
  };
}

/** What every query of a discriminator asks for, and what texts are compared by. */
function scopeOf(declared: Declared, draft: Draft, origins: Origins): string | undefined {
  const parts: string[] = [];
  if (declared.base !== undefined) {
    const key = origins.textOf(draft.options.get('discriminatorKey')) ?? '__t';
    parts.push(`{ ${key}: '${declared.name}' }`);
  }
  const collation = draft.options.get('collation');
  if (collation !== undefined) parts.push(`collation: ${written(collation)}`);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function tableOf(declared: Declared, draft: Draft, all: readonly Drafted[], uses: Uses): string | undefined {
  const base = all.find((one) => one.declared.node === declared.base);
  if (base !== undefined) return tableOf(base.declared, base.draft, all, uses);
  if (declared.base !== undefined) return undefined;
  const option = draft.options.get('collection');
  if (declared.collection !== undefined) return declared.collection;
  if (option !== undefined) return uses.origins.textOf(option);
  const isComputed = declared.unread.length > 0 || draft.options.has('pluralization') || uses.hasOwnPlurals;
  return isComputed ? undefined : collectionName(declared.name);
}

/**
 * The uniques and indexes of a schema. Indexes of paths that bear the same name are one. Those of part of the documents only, and
 * those for texts and places, are none of both.
 */
function indexesOf(draft: Draft): Pick<Model, 'uniques' | 'indexes'> {
  const all: Index[] = [];
  for (const index of [...draft.pathIndexes.values(), ...draft.indexes]) {
    const at = index.name === undefined ? -1 : all.findIndex((one) => one.name === index.name);
    const same = all[at];
    if (same === undefined) all.push(index);
    else
      all[at] = {
        ...same,
        fields: [...same.fields, ...index.fields],
        isOrdinary: same.isOrdinary && index.isOrdinary,
      };
  }
  const usable = all.filter((one) => one.isOrdinary && !one.isPartial && one.fields.join() !== '_id');
  const uniques = distinct(usable.filter((one) => one.isUnique));
  const isUnique = (fields: readonly string[]): boolean =>
    uniques.some((one) => one.join() === fields.join());
  return {
    uniques,
    indexes: distinct(usable.filter((one) => !one.isUnique)).filter((one) => !isUnique(one)),
  };
}

const distinct = (all: readonly Index[]): readonly (readonly string[])[] => [
  ...new Map(all.map(({ fields }) => [fields.join(), fields])).values(),
];

/** The relation with its model looked up, or why there is none. */
function relationOf(reference: Reference, of: Declared, all: readonly Drafted[]): Relation | string {
  const { name, kind, from, to, isEager, isFiltered } = reference;
  const target = targetIn(reference.target, of, all);
  if (target === undefined) {
    const called = calledIn(reference.target);
    return `the model \`${called}\` of \`${name}\` is not found`;
  }
  const missing = to.find((path) => !target.draft.columns.has(path));
  if (missing !== undefined) return `the path \`${missing}\` that \`${name}\` leads to is not found`;
  return { name, kind, model: target.declared.name, from, to, isEager, isLazy: false, isFiltered };
}

const calledIn = (target: string | ts.Node): string =>
  typeof target === 'string'
    ? target
    : ((ts.isClassLike(target) ? target.name?.text : undefined) ?? written(target));

/** The model that is meant. Of several with the same name the one that is declared nearest is. */
function targetIn(target: string | ts.Node, of: Declared, all: readonly Drafted[]): Drafted | undefined {
  if (typeof target !== 'string')
    return (
      all.find((one) => one.declared.node === target || one.declared.schema === target) ??
      all.find(({ declared }) => ts.isClassLike(target) && declared.name === target.name?.text)
    );
  const from = siteOf(of.node).path;
  const near = ({ declared }: Drafted): number => nearness(from, siteOf(declared.node).path);
  const [first, second] = all
    .filter((one) => one.declared.name === target)
    .toSorted((a, b) => near(b) - near(a));
  return first !== undefined && second !== undefined && near(first) === near(second) ? undefined : first;
}

/** How many folders two paths have in common; one more where they are the same. */
function nearness(a: string, b: string): number {
  const [one, other] = [dirname(a).split('/'), dirname(b).split('/')];
  const differs = one.findIndex((folder, at) => folder !== other[at]);
  return a === b ? Infinity : differs < 0 ? one.length : differs;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

/** The relation with that on the other model which has the same keys the other way round, where there is one such. */
function withInverse(relation: Relation, model: Model, all: readonly Model[]): Relation {
  const candidates = all
    .filter((one) => one.name === relation.model)
    .flatMap((one) => one.relations)
    .filter(
      (one) => one.model === model.name && isSame(one.from, relation.to) && isSame(one.to, relation.from),
    );
  const unfiltered = candidates.filter((one) => !one.isFiltered);
  const [only] = unfiltered.length === 1 ? unfiltered : candidates.length === 1 ? candidates : [];
  return only === undefined ? relation : { ...relation, inverse: only.name };
}
