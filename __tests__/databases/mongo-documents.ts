import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

/** A document, or a part of one. */
export type Fields = Record<string, unknown>;

/** What makes two documents of a collection too much alike. */
export interface UniqueIndex {
  readonly name: string;
  readonly keys: readonly string[];
  /** Whether it leaves out the documents that have none of its keys. */
  readonly isSparse: boolean;
  readonly filter: Fields | undefined;
}

/** The documents of a collection, in the order of their insertion. */
export interface Collection {
  documents: Fields[];
  readonly unique: UniqueIndex[];
}

/** The documents of all databases. */
export interface Documents {
  /** The collection of a name in a database; made if there is none. */
  collection(database: string, name: string): Collection;
  names(database: string): readonly string[];
  drop(database: string, name?: string): void;
  /** Leaves nothing but what a text of extended JSON holds: the documents of `database` by collection. */
  fill(database: string, seed: string): void;
  /** The documents of each collection that has any, as extended JSON, sorted. */
  dump(database: string): ReadonlyMap<string, readonly string[]>;
}

/** Databases without any document. */
export function createDocuments(): Documents {
  const databases = new Map<string, Map<string, Collection>>();
  const database = (name: string): Map<string, Collection> => {
    const found = databases.get(name) ?? new Map<string, Collection>();
    databases.set(name, found);
    return found;
  };
  const collection = (of: string, name: string): Collection => {
    const found = database(of).get(name) ?? { documents: [], unique: [] };
    database(of).set(name, found);
    return found;
  };
  return {
    collection,
    names: (of) => [...database(of).keys()],
    drop(of, name) {
      if (name === undefined) databases.delete(of);
      else database(of).delete(name);
    },
    fill(of, seed) {
      databases.clear();
      for (const [name, documents] of Object.entries(fieldsOf(BSON.EJSON.parse(seed, { relaxed: true })))) {
        collection(of, name).documents = listOf(documents).map((one) => idFirst(fieldsOf(one)));
      }
    },
    dump: (of) =>
      new Map(
        [...database(of)]
          .filter(([, { documents }]) => documents.length > 0)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, { documents }]) => [name, documents.map((one) => BSON.EJSON.stringify(one)).sort()]),
      ),
  };
}

/** `value` as a document. @throws {Error} where it is none. */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${String(value)} is no document.`);
  return Object.fromEntries(Object.entries(value));
}

/** `value` as a list; an empty one where there is none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A document with its `_id`, made where there is none, before all else, as the server stores it. */
export const idFirst = ({ _id = new BSON.ObjectId(), ...rest }: Fields): Fields => ({ _id, ...rest });

/** A copy that shares nothing. */
export const copyOf = (document: Fields): Fields =>
  BSON.deserialize(BSON.serialize(document), { promoteBuffers: false });
