import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { createWholeProgram } from '../../src/facts/effects/whole-program.ts';
import { readMongooseModels } from '../../src/facts/orm/schemas/mongoose/models.ts';
import type { Column, Model, Relation } from '../../src/facts/orm/schema.ts';

const FOLDER = '/nowhere/app';

/** The models that files declare. */
function modelsIn(files: Readonly<Record<string, string>>): readonly Model[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text]));
  const { program, checker, isOwn } = createWholeProgram([...texts.keys()], (path) => texts.get(path));
  return readMongooseModels(
    program.getSourceFiles().filter((one) => isOwn(one)),
    checker,
  );
}

function only(models: readonly Model[], name?: string): Model {
  const found = name === undefined ? models : models.filter((one) => one.name === name);
  const [model] = found;
  if (model === undefined || found.length > 1) throw new Error(`${found.length} models are named ${name}.`);
  return model;
}

/** The model of a definition, and of options. */
const modelOf = (definition: string, after = ''): Model =>
  only(
    modelsIn({
      'a.js': `
        const mongoose = require('mongoose');
        const { Schema } = mongoose;
        const schema = new Schema(${definition});
        ${after}
        module.exports = mongoose.model('Thing', schema);`,
    }),
  );

function columnOf(model: Model, name: string): Column {
  const column = model.columns.find((one) => one.name === name);
  if (column === undefined)
    throw new Error(`No ${name} among ${model.columns.map((one) => one.name).join()}.`);
  return column;
}

/** A relation in short: `author: one User author→_id ←posts`. */
const told = (one: Relation): string =>
  `${one.name}: ${one.kind} ${one.model} ${one.from.join()}→${one.to.join()}${one.inverse === undefined ? '' : ` ←${one.inverse}`}${one.isFiltered ? ' filtered' : ''}${one.isEager ? ' eager' : ''}`;

const relationsOf = (model: Model): readonly string[] => model.relations.map(told);

const TYPES: Readonly<Record<string, Column['type']>> = {
  String: 'string',
  Number: 'float',
  Double: 'float',
  Int32: 'integer',
  BigInt: 'bigint',
  Decimal128: 'decimal',
  Boolean: 'boolean',
  Date: 'date',
  Buffer: 'bytes',
  UUID: 'uuid',
  ObjectId: 'object-id',
  ObjectID: 'object-id',
  Mixed: 'json',
  Map: 'json',
  Embedded: 'json',
};

interface RealPath {
  readonly instance: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly isRequired?: boolean;
  readonly caster?: Partial<RealPath>;
  readonly schema?: mongoose.Schema;
}

const names = (files: Readonly<Record<string, string>>): readonly string[] =>
  modelsIn(files).map((one) => one.name);

const inOne = (body: string): readonly Model[] =>
  modelsIn({ 'a.ts': `import mongoose, { Schema, model, Types } from 'mongoose';\n${body}` });

const EMPTY: Facts = { columns: [], virtuals: [], changed: [] };

interface Facts {
  readonly columns: readonly string[];
  readonly virtuals: readonly string[];
  /** The paths with a getter, and those with a setter. */
  readonly changed: readonly string[];
}

/** What the library itself knows of a schema, with what is below a path. */
function factsOf(
  schema: mongoose.Schema,
  prefix = '',
  around = { isList: false, isOptional: false, isHidden: false },
): Facts {
  const parts: Facts[] = Object.entries(schema.paths).map(([key, type]): Facts => {
    if (key.includes('$*')) return EMPTY;
    const path = type as unknown as RealPath;
    const name = prefix + key;
    const isList = path.instance === 'Array' || path.instance === 'DocumentArray';
    let depth = isList ? 1 : 0;
    let inner = isList ? path.caster : undefined;
    while (inner?.instance === 'Array') {
      depth++;
      inner = inner.caster;
    }
    const scalar = isList ? (inner?.instance ?? 'Mixed') : path.instance;
    const kind = path.schema !== undefined || depth > 1 ? 'json' : (TYPES[scalar] ?? scalar);
    const isNullable = around.isOptional || (key !== '_id' && path.isRequired !== true);
    const isHidden = around.isHidden || path.options['select'] === false;
    const mark = `${around.isList || isList ? '[]' : ''}${isNullable ? '?' : ''}${isHidden ? ' hidden' : ''}`;
    const below =
      path.schema === undefined
        ? EMPTY
        : factsOf(path.schema, `${name}.`, {
            isList: around.isList || isList,
            isOptional: around.isOptional || (!isList && isNullable),
            isHidden,
          });
    const has = (option: string, value?: unknown): boolean =>
      [path.options, inner?.options].some((one) =>
        value === undefined ? one?.[option] !== undefined : one?.[option] === value,
      );
    return {
      columns: [`${name}:${kind}${mark}`, ...below.columns],
      virtuals: below.virtuals,
      changed: [
        ...(has('get') ? [`get ${name}`] : []),
        ...(has('set') || ['lowercase', 'uppercase', 'trim'].some((one) => has(one, true))
          ? [`set ${name}`]
          : []),
        ...below.changed,
      ],
    };
  });
  const virtuals = Object.entries(schema.virtuals).flatMap(([name, one]) => {
    const { options } = one as { options?: { ref?: unknown; count?: unknown } };
    return options?.ref !== undefined && options.count !== true ? [] : [prefix + name];
  });
  return {
    columns: parts.flatMap((one) => one.columns),
    virtuals: [...virtuals, ...parts.flatMap((one) => one.virtuals)],
    changed: parts.flatMap((one) => one.changed),
  };
}

/** The library's own view of each model that a CommonJS text makes. */
function realModels(text: string): Readonly<Record<string, unknown>> {
  const own = new mongoose.Mongoose({ autoIndex: false, autoCreate: false });
  const run = new Function('require', 'module', text) as (require: unknown, module: object) => void;
  run(() => own, {});
  return Object.fromEntries(
    Object.entries(own.models).map(([name, { schema, collection }]) => {
      const indexes = schema.indexes().filter(([fields, options]) => {
        const isOrdinary = Object.values(fields).every((one) => one === 1 || one === -1 || one === 'hashed');
        return isOrdinary && options.partialFilterExpression === undefined;
      });
      const { columns, virtuals, changed } = factsOf(schema);
      const fieldsOf = (isUnique: boolean): string[] => [
        ...new Set(
          indexes
            .filter(([, options]) => (options.unique === true) === isUnique)
            .map(([fields]) => Object.keys(fields).join()),
        ),
      ];
      const uniques = fieldsOf(true);
      return [
        name,
        {
          table: collection.collectionName,
          columns: columns.toSorted(),
          virtuals: virtuals.toSorted(),
          changed: changed.toSorted(),
          uniques: uniques.toSorted(),
          indexes: fieldsOf(false)
            .filter((one) => !uniques.includes(one))
            .toSorted(),
        },
      ];
    }),
  );
}

/** The same of what is read. */
function readAlike(text: string): Readonly<Record<string, unknown>> {
  const models = modelsIn({ 'a.js': text });
  return Object.fromEntries(
    models.map((model) => [
      model.name,
      {
        table: model.table,
        columns: model.columns
          .map(
            (one) =>
              `${one.name}:${one.type}${one.isList ? '[]' : ''}${one.isNullable === true ? '?' : ''}${one.isHidden ? ' hidden' : ''}`,
          )
          .toSorted(),
        virtuals: model.virtuals.toSorted(),
        changed: model.hooks.filter((one) => /^(?:get|set) /.test(one)).toSorted(),
        uniques: model.uniques.map((one) => one.join()).toSorted(),
        indexes: model.indexes.map((one) => one.join()).toSorted(),
      },
    ]),
  );
}

const REAL: Readonly<Record<string, string>> = {
  'every type in every way that it is written': `
    const { ObjectId } = Schema.Types;
    mongoose.model('Thing', new Schema({
      a: String, b: { type: String }, c: 'string', d: { type: 'String' },
      e: Number, f: Date, g: Boolean, h: 'bool', i: Buffer, j: Map, k: { type: Map, of: Number },
      l: Schema.Types.ObjectId, m: ObjectId, n: 'ObjectId', o: mongoose.Types.ObjectId, p: mongoose.ObjectId,
      q: Schema.Types.Decimal128, r: mongoose.Types.Decimal128, s: BigInt, t: Schema.Types.UUID,
      u: Schema.Types.Mixed, v: {}, w: Object, x: { type: {} }, y: mongoose.SchemaTypes.Double, z: Schema.Types.Int32,
      aa: mongoose.Mixed, ab: { type: mongoose.Schema.ObjectId }, ac: 'mixed', ad: Schema.Types.BigInt,
    }));`,
  'lists in every way that they are written': `
    const child = new Schema({ name: String }, { _id: false });
    mongoose.model('Thing', new Schema({
      a: [String], b: { type: [String] }, c: [{ type: String }], d: [], e: Array, f: { type: Array }, g: [{}],
      h: [Schema.Types.Mixed], i: [[Number]], j: ['string'], k: { type: Array, of: String }, l: [child],
      m: { type: [child] }, n: [{ type: child }], o: [{ name: String, tags: [String] }],
      p: { type: [{ name: String }], _id: false }, q: [{ _id: false, name: String }], r: [{ type: { type: String } }],
      s: [{ type: { x: Number } }], t: { type: [{ type: String, index: true }], required: true }, u: [{ type: [Number] }],
      v: [{ type: String, lowercase: true, required: true, select: false }],
    }));`,
  'nested paths and subdocuments': `
    const child = new Schema({ name: { type: String, required: true }, born: Date }, { timestamps: true });
    mongoose.model('Thing', new Schema({
      a: { b: String, c: { d: Number } }, e: child, f: { type: child, required: true }, g: { type: child, select: false },
      h: { type: { x: Number, y: { type: Number, required: true } }, required: true }, i: { type: new Schema({ x: String }), _id: false },
      j: { type: { type: String }, value: Number }, k: { _id: false, deep: { _id: false, x: Number } }, l: { type: child, excludeIndexes: true },
      'm.n': String, o: new Schema({ p: String }), q: { type: new Schema({ r: [child] }), required: false },
    }));`,
  identities: `
    mongoose.model('A', new Schema({ _id: String, name: String }));
    mongoose.model('B', new Schema({ _id: { type: Number }, id: Number }));
    mongoose.model('C', new Schema({ name: String }, { id: false }));
    mongoose.model('D', new Schema({ id: { type: String, unique: true } }));
    mongoose.model('E', new Schema({ name: String, parts: [{ name: String }] }, { _id: true }));
    mongoose.model('F', new Schema({ n: { type: String, alias: 'name' }, m: { type: Number, alias: ['one', 'two'] } }));
    mongoose.model('G', new Schema({ _id: Schema.Types.UUID, x: [new Schema({ _id: String })] }));`,
  'timestamps and versions': `
    mongoose.model('A', new Schema({ name: String }, { timestamps: true }));
    mongoose.model('B', new Schema({ name: String }, { timestamps: { createdAt: 'created', updatedAt: false } }));
    mongoose.model('C', new Schema({ name: String }, { timestamps: { createdAt: true } }));
    mongoose.model('D', new Schema({ name: String }, { timestamps: {} , versionKey: false }));
    mongoose.model('E', new Schema({ createdAt: { type: Date, required: true } }, { timestamps: true, versionKey: 'v' }));
    const late = new Schema({ name: String });
    late.set('timestamps', true);
    mongoose.model('F', late);`,
  indexes: `
    const child = new Schema({ sku: { type: String, unique: true }, at: Date, lot: String });
    child.index({ at: 1, lot: -1 }, { unique: true });
    const schema = new Schema({
      a: { type: String, unique: true }, b: { type: String, index: true }, c: { type: String, sparse: true },
      d: { type: String, unique: true, sparse: true }, e: { type: Date, expires: '1d' }, f: { type: String, text: true },
      g: { type: [Number], index: '2dsphere' }, h: { type: String, index: { unique: true } }, i: { type: String, index: true }, ii: { type: String, index: -1 },
      j: { type: String, unique: [true, 'taken'] }, k: { type: String, index: true, unique: true }, l: { type: String, unique: false },
      m: { type: String, index: { unique: true, partialFilterExpression: { m: { $exists: true } } } },
      n: { type: String, index: { name: 'both' } }, o: { type: String, index: { name: 'both' } }, p: { type: String, index: false },
      q: { type: String, index: 'hashed' }, r: [child], s: child, t: { type: child, excludeIndexes: true }, u: { v: { type: String, unique: true } },
      w: [{ type: String, unique: true }], x: { type: String, unique: 'Taken' }, y: { type: String, index: true, unique: false },
    });
    schema.index({ a: 1, b: -1 });
    schema.index({ c: 1, d: 1 }, { unique: true });
    schema.index({ e: 1, f: 1 }, { unique: true, partialFilterExpression: { f: 'x' } });
    schema.index({ f: 'text' });
    schema.index({ 'u.v': 'hashed' });
    schema.index({ b: 1 }, { sparse: true }).index({ 'u.v': 1, b: 'asc' }, {});
    schema.path('i').unique(true);
    mongoose.model('Thing', schema);`,
  'getters, setters and virtuals': `
    class Loaded { get loaded() { return 1; } set loaded(v) {} static get none() { return 1; } method() {} }
    class Base { get based() { return 1; } }
    class Derived extends Base { get derived() { return 1; } }
    const child = new Schema({ price: { type: Number, get: (v) => v / 100 }, code: { type: String, uppercase: true } });
    child.virtual('net').get(function () { return 1; });
    const schema = new Schema({
      a: { type: String, get: (v) => v }, b: { type: String, set: (v) => v }, c: { type: String, lowercase: true },
      d: { type: String, trim: true }, e: { type: String, trim: false }, f: { type: String, get(v) { return v; } }, g: child, h: [child],
      hid: { type: String, select: false }, first: String,
    }, { virtuals: { full: { get() { return this.first; } } } });
    schema.virtual('x').get(() => 1).set(() => 2);
    schema.virtual('deep.y');
    schema.loadClass(Loaded);
    schema.loadClass(Derived);
    mongoose.model('Thing', schema);`,
  collections: `
    mongoose.model('A', new Schema({}, { collection: 'first' }));
    mongoose.model('B', new Schema({}), 'second');
    mongoose.model('C', new Schema({}, { collection: 'first' }), 'third');
    const late = new Schema({});
    late.set('collection', 'fourth');
    mongoose.model('D', late);
    mongoose.model('UserProfile', { name: String });`,
  'schemas that are made of others': `
    const base = new Schema({ name: { type: String, index: true }, owner: { id: String, mail: String }, secret: String });
    base.index({ 'owner.id': 1 });
    const clone = base.clone();
    clone.add({ more: { type: Number, required: true }, deep: { x: String } });
    mongoose.model('A', clone);
    mongoose.model('B', new Schema().add(base).add({ extra: Date }));
    mongoose.model('C', new Schema([{ a: String }, { b: Number }]));
    mongoose.model('D', new Schema(base, { timestamps: true }));
    const less = new Schema({ a: String, b: { c: String, d: String } });
    less.remove('b.c');
    less.path('e', { type: Number, index: true });
    mongoose.model('E', less);
    const fields = { at: Date, by: { type: String, required: true } };
    mongoose.model('F', new Schema({ ...fields, z: String, by: Number }));
    mongoose.model('G', new Schema(Object.assign({}, fields, { z: Boolean })));
    mongoose.model('H', base.pick(['name']));
    mongoose.model('I', base.omit(['secret']));`,
  'another key for types': `
    mongoose.model('Thing', new Schema({ type: { $type: String, required: true }, kind: String, inner: { type: String, x: { $type: Number } },
      list: [{ type: String, y: { $type: Date } }] }, { typeKey: '$type' }));`,
};

describe('what the library itself knows', () => {
  for (const [title, body] of Object.entries(REAL)) {
    it(`agrees on ${title}`, () => {
      const text = `const mongoose = require('mongoose');\nconst { Schema } = mongoose;\n${body}`;
      const real = realModels(text);
      expect(Object.keys(real)).not.toEqual([]);
      expect(readAlike(text)).toEqual(real);
    });
  }

  it('agrees on the names of collections', () => {
    const called =
      `User UserProfile Category Boy Soliloquy Box Church Class Dish Status Alias Bus Person Child Man Woman Human Ox Axis Testis Octopus
      Virus Tomato Buffalo Potato Datum Aquarium Analysis Wife Knife Shelf Half Safe Hive Matrix Index Vertex MatrixRow Mouse Louse Blouse House Quiz
      Goose Mongoose News Media Data Series Sheep Address Bonus Day Hypothesis Log2 A_ Regex Photo Cliff Equipment Roof Leaf Thief`.split(
        /\s+/,
      );
    const plural = mongoose.pluralize();
    const models = modelsIn({
      'a.js': `const mongoose = require('mongoose');
        ${called.map((name) => `mongoose.model('${name}', new mongoose.Schema({}));`).join('\n')}`,
    });
    expect(models.map((one) => one.table)).toEqual(called.map((name) => plural?.(name)));
  });

  it('agrees on the middleware that a pattern stands for', () => {
    for (const pattern of ['/^find/', '/update/i', '/^(save|validate)$/', '/./']) {
      const schema = new mongoose.Schema({});
      schema.pre(
        new RegExp(pattern.slice(1, pattern.lastIndexOf('/')), pattern.slice(pattern.lastIndexOf('/') + 1)),
        () => undefined,
      );
      const { hooks } = (schema as unknown as { s: { hooks: Record<string, Map<string, unknown>> } }).s;
      const real = [...(hooks['_pres']?.keys() ?? [])].map((name) => `pre ${name}`);
      expect(modelOf('{}', `schema.pre(${pattern}, () => {});`).hooks.toSorted()).toEqual(real.toSorted());
    }
  });
});

describe('models', () => {
  it('are found in every way that they are made', () => {
    const models = modelsIn({
      'a.ts': `
        import mongoose, { Schema, model, models, type Model, createConnection } from 'mongoose';
        import { Schema as MongooseSchema } from 'mongoose';
        import * as all from 'mongoose';
        interface User { name: string }
        const schema = new Schema<User>({ name: String });
        export const A = mongoose.model<User>('A', schema);
        export const B = model('B', schema) as unknown as Model<User>;
        export default (mongoose.models.C as Model<User>) || mongoose.model<User>('C', schema);
        export const D = models.D ?? model<User, Model<User>>('D', new MongooseSchema({ name: String }));
        const conn = createConnection();
        export const E = conn.model('E', schema, 'es');
        export const F = all.model('F', new all.Schema({ name: String }));
        export const make = (connection: unknown) => connection.model('G', schema);
        const H_NAME = 'H';
        export const H = model(H_NAME, new mongoose.Schema({ name: String }, { timestamps: true }).plugin(x));
        mongoose.model('A');`,
    });
    expect(models.map((one) => one.name)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']);
    expect(models.map((one) => one.columns.some((column) => column.name === 'name'))).toEqual(
      models.map(() => true),
    );
    expect(only(models, 'E').table).toBe('es');
    expect(only(models, 'C').seenAt).toEqual({ path: `${FOLDER}/a.ts`, line: 9 });
    expect(models.flatMap((one) => one.unread)).toEqual([]);
  });

  it('are found behind a `mongoose` that is handed in', () => {
    expect(
      names({
        'a.js': `module.exports = (mongoose) => { const schema = mongoose.Schema({ name: String }); return mongoose.model('A', schema); };`,
        'b.js': `module.exports = app => { const mongoose = app.mongoose; const Schema = mongoose.Schema; return mongoose.model('B', new Schema({})); };`,
        'c.js': `const mongoose = require('./db'); module.exports = mongoose.model('C', new mongoose.Schema({}));`,
        'd.js': `module.exports = ({ mongoose }) => mongoose.model('D', mongoose.Schema({}));`,
        'db.js': `const mongoose = require('mongoose'); mongoose.connect(''); module.exports = mongoose;`,
      }),
    ).toEqual(['A', 'B', 'C', 'D']);
  });

  it('take their schema from another file', () => {
    const models = modelsIn({
      'schemas/user.ts': `import { Schema } from 'mongoose'; import { part } from './part'; import { NAME } from './names';
        const schema = new Schema({ [NAME]: String, part }); export default schema;`,
      'schemas/part.ts': `import { Schema } from 'mongoose'; export const part = new Schema({ x: Number }, { _id: false });`,
      'schemas/names.ts': `export const NAME = 'label'; export enum Models { User = 'User' }`,
      'schemas/index.ts': `export { default as userSchema } from './user'; export * from './names'; export * as parts from './part';`,
      'hooks.ts': `import { userSchema } from './schemas'; userSchema.pre('save', () => {}); userSchema.index({ label: 1 }, { unique: true });`,
      'models.ts': `import { model } from 'mongoose'; import * as schemas from './schemas';
        export const User = model(schemas.Models.User, schemas.userSchema); export const Part = model('Part', schemas.parts.part);`,
    });
    const user = only(models, 'User');
    expect(user.columns.map((one) => one.name)).toEqual(['_id', 'label', 'part', 'part.x', '__v']);
    expect(user.hooks).toEqual(['pre save']);
    expect(user.uniques).toEqual([['label']]);
    expect(only(models, 'Part').columns.map((one) => one.name)).toEqual(['x', '__v']);
    expect(only(models, 'Part').primaryKey).toEqual([]);
  });

  it('take their schema from another file in CommonJS', () => {
    const models = modelsIn({
      'schemas.js': `const { Schema } = require('mongoose'); const user = new Schema({ name: String }); const tag = Schema({ label: String });
        module.exports = { user, tag }; module.exports.extra = new Schema({ more: String });`,
      'post.js': `const mongoose = require('mongoose'); exports.schema = new mongoose.Schema({ title: String });`,
      'models.js': `const { model } = require('mongoose'); const { user, tag: renamed } = require('./schemas'); const all = require('./schemas');
        module.exports.User = model('User', user); module.exports.Tag = model('Tag', renamed);
        module.exports.Extra = model('Extra', all.extra); module.exports.Post = model('Post', require('./post').schema);`,
    });
    expect(models.map((one) => [one.name, one.columns[1]?.name])).toEqual([
      ['User', 'name'],
      ['Tag', 'label'],
      ['Extra', 'more'],
      ['Post', 'title'],
    ]);
  });

  it('are one where two calls make the same', () => {
    expect(
      names({
        'a.ts': `import { Schema, model } from 'mongoose'; const schema = new Schema({});
          const Old = model('Log', schema); const New = model('Log', schema);`,
      }),
    ).toEqual(['Log']);
  });

  it('are not seen in schemas of other libraries', () => {
    expect(
      names({
        'a.ts': `import dynamoose from 'dynamoose'; import mongoose from 'mongoose';
          export const User = dynamoose.model('User', new dynamoose.Schema({ id: String }));
          const tf = { model: (a: string, b: object) => a + b }; tf.model('x', { y: 1 });`,
        'b.ts': `import { Schema, model } from 'redis-om'; export const U = model('U', new Schema({ a: String }));`,
      }),
    ).toEqual([]);
  });

  it('cost nothing where Mongoose is not used', () => {
    expect(
      names({ 'a.js': `const { Schema, model } = require('other'); model('A', new Schema({}));` }),
    ).toEqual([]);
  });

  it('say how collections are called only where that is certain', () => {
    const model = only(
      modelsIn({
        'a.js': `const mongoose = require('mongoose'); mongoose.pluralize(null); mongoose.model('User', new mongoose.Schema({}));`,
      }),
    );
    expect(model.table).toBeUndefined();
    expect(modelOf('{}, { collection: process.env.NAME }').table).toBeUndefined();
  });
});

describe('relations', () => {
  const AUTHOR = `author: { type: Schema.Types.ObjectId, ref: 'User' }`;

  it('of one, of many, below lists and in nested paths', () => {
    const models = inOne(`
      const line = new Schema({ product: { type: Schema.Types.ObjectId, ref: 'Product' } });
      model('Product', new Schema({}));
      model('Order', new Schema({
        product: { type: Types.ObjectId, ref: 'Product' },
        products: [{ type: Schema.Types.ObjectId, ref: 'Product' }],
        others: { type: [Schema.Types.ObjectId], ref: 'Product' },
        lines: [line], line, nested: { product: { type: 'ObjectId', ref: 'Product' } },
        inline: [{ item: { type: String, ref: 'Product' }, all: [{ type: Number, ref: 'Product' }] }],
      }));`);
    expect(relationsOf(only(models, 'Order'))).toEqual([
      'product: one Product product→_id',
      'products: many Product products→_id',
      'others: many Product others→_id',
      'lines.product: many Product lines.product→_id',
      'line.product: one Product line.product→_id',
      'nested.product: one Product nested.product→_id',
      'inline.item: many Product inline.item→_id',
      'inline.all: many Product inline.all→_id',
    ]);
    expect(only(models, 'Order').unread).toEqual([]);
  });

  it('name their model in every way', () => {
    const models = modelsIn({
      'user.ts': `import { Schema, model } from 'mongoose'; export const User = model('Account', new Schema({})); export default User;`,
      'names.ts': `export const NAMES = { account: 'Account' } as const; export enum Name { Account = 'Account' }`,
      'post.ts': `import { Schema, model } from 'mongoose'; import Default, { User } from './user'; import { NAMES, Name } from './names';
        const { ObjectId } = Schema.Types;
        const ref = 'Account';
        const reference = { type: ObjectId, ref };
        model('Post', new Schema({
          a: { type: ObjectId, ref: User }, b: { type: ObjectId, ref: () => User }, c: { type: ObjectId, ref: User.modelName },
          d: { type: ObjectId, ref: NAMES.account }, e: { type: ObjectId, ref: Name.Account }, f: reference, g: { ...reference, required: true },
          h: { type: ObjectId, ref: function () { return 'Account'; } }, i: { type: ObjectId, ref: Default }, j: [reference],
          k: { type: ObjectId, ref: \`Account\` }, l: { type: ObjectId, ref: NAMES['account'] },
        }));`,
    });
    expect(only(models, 'Post').relations.map((one) => `${one.name} ${one.model}`)).toEqual(
      [...'gabcdefhijkl'].toSorted().map((name) => `${name} Account`),
    );
    expect(only(models, 'Post').unread).toEqual([]);
  });

  it('are joined with the virtual that is their other side', () => {
    const models = inOne(`
      const user = new Schema({ name: String });
      user.virtual('posts', { ref: 'Post', localField: '_id', foreignField: 'author' });
      user.virtual('profile', { ref: 'Profile', localField: '_id', foreignField: 'user', justOne: true });
      user.virtual('published', { ref: 'Post', localField: '_id', foreignField: 'author', match: { published: true } });
      user.virtual('latest', { ref: 'Post', localField: '_id', foreignField: 'author', options: { sort: { at: -1 }, limit: 1 } });
      user.virtual('postCount', { ref: 'Post', localField: '_id', foreignField: 'author', count: true });
      user.virtual('liked', { ref: 'Post', localField: '_id', foreignField: 'likes' });
      model('User', user);
      model('Post', new Schema({ ${AUTHOR}, editor: { type: Schema.Types.ObjectId, ref: 'User' }, likes: [{ type: Schema.Types.ObjectId, ref: 'User' }] }));
      model('Profile', new Schema({ user: { type: Schema.Types.ObjectId, ref: 'User', unique: true } }));`);
    const user = only(models, 'User');
    expect(relationsOf(user)).toEqual([
      'posts: many Post _id→author ←author',
      'profile: one Profile _id→user ←user',
      'published: many Post _id→author ←author filtered',
      'latest: many Post _id→author ←author filtered',
      'liked: many Post _id→likes ←likes',
    ]);
    expect(user.virtuals).toEqual(['postCount', 'id']);
    expect(relationsOf(only(models, 'Post'))).toEqual([
      'author: one User author→_id ←posts',
      'editor: one User editor→_id',
      'likes: many User likes→_id ←liked',
    ]);
    expect(relationsOf(only(models, 'Profile'))).toEqual(['user: one User user→_id ←profile']);
  });

  it('of a model to itself have both sides', () => {
    const node = only(
      inOne(`
        const schema = new Schema({ parent: { type: Schema.Types.ObjectId, ref: 'Node' }, friends: [{ type: Schema.Types.ObjectId, ref: 'Node' }] });
        schema.virtual('children', { ref: 'Node', localField: '_id', foreignField: 'parent', justOne: false });
        model('Node', schema);`),
    );
    expect(relationsOf(node)).toEqual([
      'parent: one Node parent→_id ←children',
      'friends: many Node friends→_id',
      'children: many Node _id→parent ←parent',
    ]);
  });

  it('by several keys, by other keys, and from within a subdocument', () => {
    const models = inOne(`
      const line = new Schema({ sku: String });
      line.virtual('product', { ref: 'Product', localField: 'sku', foreignField: 'sku', justOne: true });
      const order = new Schema({ tenant: String, number: String, lines: [line] }, {
        virtuals: { bill: { options: { ref: 'Bill', localField: ['tenant', 'number'], foreignField: ['tenant', 'order'], justOne: true } } },
      });
      model('Order', order); model('Product', new Schema({ sku: { type: String, unique: true } }));
      model('Bill', new Schema({ tenant: String, order: String }).index({ tenant: 1, order: 1 }, { unique: true }));`);
    expect(relationsOf(only(models, 'Order'))).toEqual([
      'bill: one Bill tenant,number→tenant,order',
      'lines.product: many Product lines.sku→sku',
    ]);
    expect(only(models, 'Product').uniques).toEqual([['sku']]);
    expect(only(models, 'Bill').uniques).toEqual([['tenant', 'order']]);
  });

  it('are left out, and said to be, where they are not certain', () => {
    const models = inOne(`
      const post = new Schema({
        on: { type: Schema.Types.ObjectId, refPath: 'onModel' }, onModel: String,
        gone: { type: Schema.Types.ObjectId, ref: 'Gone' },
        varies: { type: Schema.Types.ObjectId, ref: (doc) => doc.onModel },
        its: { type: Schema.Types.ObjectId, ref: function () { return this.onModel; } },
        given: { type: Schema.Types.ObjectId, ref: process.env.MODEL },
        map: { type: Map, of: { type: Schema.Types.ObjectId, ref: 'User' } },
      });
      post.virtual('a', { ref: 'User', localField: () => 'x', foreignField: '_id' });
      post.virtual('b', { ref: 'User', localField: 'onModel', foreignField: 'missing' });
      post.virtual('c', { ref: 'User', localField: 'onModel', foreignField: '_id', justOne: isOne });
      post.virtual('d', { ref: (doc) => doc.onModel, localField: 'onModel', foreignField: '_id' });
      post.virtual('e', { refPath: 'onModel', localField: 'onModel', foreignField: '_id' });
      model('Post', post); model('User', new Schema({}));`);
    const post = only(models, 'Post');
    expect(post.relations).toEqual([]);
    expect(post.unread).toEqual([
      'the model of `on` is named by `refPath`',
      'the model `(doc) => doc.onModel` that `varies` refers to',
      'the model `function () { return this.onModel; }` that `its` refers to',
      'the model `process.env.MODEL` that `given` refers to',
      'the relations in the map `map`',
      "the relation `a` to `'User'`",
      "the relation `c` to `'User'`",
      'the relation `d` to `(doc) => doc.onModel`',
      'the model of `e` is named by `refPath`',
      'the model `Gone` of `gone` is not found',
      'the path `missing` that `b` leads to is not found',
    ]);
  });

  it('lead to the model that is declared nearest, where several bear the name', () => {
    const user = `import { Schema, model } from 'mongoose'; export const User = model('User', new Schema({ name: String }));`;
    const post = `import { Schema, model } from 'mongoose'; model('Post', new Schema({ ${AUTHOR} }));`;
    const models = modelsIn({
      'one/user.ts': user,
      'two/user.ts': user,
      'two/post.ts': post,
      'three/post.ts': post,
    });
    const [near, far] = models.filter((one) => one.name === 'Post');
    expect(near?.relations.map(told)).toEqual(['author: one User author→_id']);
    expect(far?.relations).toEqual([]);
    expect(far?.unread).toEqual(['the model `User` of `author` is not found']);
  });

  it('are eager with the plugin for it', () => {
    const eager = `a: { type: Schema.Types.ObjectId, ref: 'User', autopopulate: true }`;
    const models = inOne(`
      import autopopulate from 'mongoose-autopopulate';
      model('User', new Schema({}));
      model('A', new Schema({ ${eager} }).plugin(autopopulate));
      model('B', new Schema({ ${eager} }));`);
    expect(relationsOf(only(models, 'A'))).toEqual(['a: one User a→_id eager']);
    expect(relationsOf(only(models, 'B'))).toEqual(['a: one User a→_id']);
    expect(only(models, 'B').unread).toEqual(['whether a plugin populates `a`']);
  });
});

describe('what runs beside', () => {
  it('has the name that the library gives it', () => {
    const { hooks } = modelOf(
      `{ a: String }`,
      `
      const events = ['save', 'remove'];
      schema.pre('find', f); schema.post(['findOne', 'updateOne'], f); schema.pre(events, f); schema.post('init', f);
      schema.pre('aggregate', f).post('save', { document: true }, f); schema.pre(named(), f);
      schema.plugin(paginate, { a: 1 }); schema.plugin(require('mongoose-delete')); schema.plugin((one) => one); mongoose.plugin(slug);`,
    );
    expect(hooks).toEqual([
      'pre find',
      'post findOne',
      'post updateOne',
      'pre save',
      'pre remove',
      'post init',
      'pre aggregate',
      'post save',
      'pre *',
      'plugin paginate',
      "plugin require('mongoose-delete')",
      'plugin function',
      'plugin slug',
    ]);
  });

  it('includes that of subdocuments', () => {
    const model = modelOf(
      `{ one: child, many: [child] }`,
      `var child = new Schema({ a: String }); child.pre('save', f); child.pre('find', f); child.plugin(tidy);`,
    );
    expect(model.hooks).toEqual(['pre save', 'plugin tidy']);
  });

  it('includes the discriminator and the collation as scopes', () => {
    const models = modelsIn({
      'a.ts': `import { Schema, model } from 'mongoose';
        const Event = model('Event', new Schema({ at: { type: Date, index: true } }, { discriminatorKey: 'kind', collection: 'log' }));
        export const Click = Event.discriminator('Click', new Schema({ url: { type: String, required: true } }));
        model('Word', new Schema({ text: String }, { collation: { locale: 'en', strength: 2 } }));`,
    });
    const click = only(models, 'Click');
    expect(click.table).toBe('log');
    expect(click.columns.map((one) => one.name)).toEqual(['_id', 'at', 'url', '__v']);
    expect(click.indexes).toEqual([['at']]);
    expect(click.defaultScope).toBe("{ kind: 'Click' }");
    expect(click.unread).toEqual(['it is a discriminator of `Event`']);
    expect(only(models, 'Event').unread).toEqual(['the discriminator `Click`']);
    expect(only(models, 'Word').defaultScope).toBe("collation: { locale: 'en', strength: 2 }");
  });
});

describe('what cannot be read', () => {
  it('is said', () => {
    const model = modelOf(
      `{
        [computed()]: String, ...other, made: make(), cond: flag ? String : Number,
        a: { type: String, unique: isUnique, required: () => true }, b: { type: String, index: options }, c: { type: String, select: shown },
        d: { type: Money }, ok: String,
      }, { timestamps: when, ...more }`,
      `
      schema.index(fields); schema.index({ a: 1 }, { unique: isUnique }); schema.index({ ok: 1 }, indexOptions);
      if (flag) schema.index({ ok: 1 }, { unique: true });
      for (const name of names) { schema.add({ [name]: String }); schema.index({ c: 1 }, { unique: true }); }
      flag && schema.add({ late: String });
      schema.path(computed()).index(true); schema.virtual(computed()); schema.add(unknown); schema.set(key, 1);
      schema.discriminator('X', other); schema.path('d').discriminator('Y', other);`,
    );
    expect(model.uniques).toEqual([]);
    expect(columnOf(model, 'a').isNullable).toBeUndefined();
    expect(columnOf(model, 'made').type).toBe('unknown');
    expect(columnOf(model, 'ok').type).toBe('string');
    expect(model.unread).toEqual([
      'what `more` holds',
      'what is named `[computed()]`',
      'what `other` holds',
      'the type `make()` of `made`',
      'the type `flag ? String : Number` of `cond`',
      'whether `a` is unique',
      'the index of `b`',
      'whether `c` is selected',
      'the type `Money` of `d`',
      'the index of `fields`',
      'what `indexOptions` holds',
      '`schema.index({ ok: 1 }, { unique: true })`, which runs under a condition',
      '`schema.add({ [name]: String })`, which runs under a condition',
      '`schema.index({ c: 1 }, { unique: true })`, which runs under a condition',
      '`schema.add({ late: String })`, which runs under a condition',
      'what `schema.path(computed()).index(true)` changes',
      'the virtual `computed()`',
      'what `unknown` holds',
      'the option `key`',
      "the discriminator `'X'`",
      "what `schema.path('d').discriminator('Y', other)` changes",
      'what `when` holds',
    ]);
  });

  it('is said of a schema or a name that is not found', () => {
    const models = modelsIn({
      'a.ts': `import mongoose from 'mongoose'; import { schema } from './gone';
        export const User = mongoose.model('User', schema);
        export const Other = mongoose.model(process.env.NAME ?? 'x', new mongoose.Schema({}));
        export const Made = mongoose.model('Made', build());`,
    });
    expect(models.map((one) => [one.name, one.unread])).toEqual([
      ['User', ['its schema `schema` is not found']],
      ['Other', ["its name comes from `process.env.NAME ?? 'x'`"]],
      ['Made', ['its schema `build()` is not found']],
    ]);
    expect(only(models, 'User').columns).toEqual([]);
    expect(only(models, 'Other').table).toBeUndefined();
  });

  it('is said of functions that a schema is handed to', () => {
    const model = modelOf(
      `{ a: String }`,
      `addHooks(schema); console.log(schema); schema.plugin(tidy); other.add(schema);`,
    );
    expect(model.unread).toEqual(['what `addHooks(schema)` changes']);
  });

  it('is no trouble where a schema is a part of itself', () => {
    const model = modelOf(`{ text: String }`, `schema.add({ replies: [schema] });`);
    expect(model.columns.map((one) => one.name)).toEqual(['_id', 'text', 'replies', '__v']);
  });
});

describe('classes of @nestjs/mongoose', () => {
  const USER = `
    import { Prop, Schema, SchemaFactory, raw, Virtual } from '@nestjs/mongoose';
    import mongoose, { HydratedDocument, Schema as MongooseSchema, Types } from 'mongoose';
    import { Post } from './post';
    export enum Role { Admin = 'admin', User = 'user' }
    @Schema({ _id: false })
    export class Address { @Prop({ required: true }) city: string; @Prop() zip?: string; }
    export class Base { @Prop({ index: true }) tenant: string; }
    @Schema({ timestamps: true, collection: 'people' })
    export class User extends Base {
      @Prop() name: string;
      @Prop({ required: true, unique: true, lowercase: true }) email: string;
      @Prop({ select: false }) password: string;
      @Prop() age: number;
      @Prop({ default: true }) isActive: boolean;
      @Prop() born: Date | null;
      @Prop([String]) tags: string[];
      @Prop({ type: [Number] }) scores: number[];
      @Prop() loose: string[];
      @Prop({ enum: Role }) role: Role;
      @Prop({ type: Address }) home: Address;
      @Prop({ type: () => Address, required: true }) work: Address;
      @Prop({ type: [Address] }) others: Address[];
      @Prop(raw({ first: { type: String }, last: { type: String, index: true } })) names: Record<string, unknown>;
      @Prop({ type: mongoose.Schema.Types.ObjectId, ref: 'Post' }) pinned: Post;
      @Prop({ type: [{ type: MongooseSchema.Types.ObjectId, ref: 'Post' }] }) starred: Post[];
      @Prop({ type: Types.ObjectId, ref: () => Post }) last: Types.ObjectId;
      @Prop({ type: MongooseSchema.Types.Mixed }) extra: unknown;
      notStored: string;
      @Virtual({ options: { ref: 'Post', localField: '_id', foreignField: 'author' } }) posts: Post[];
      @Virtual({ get: function (this: User) { return this.name; } }) label: string;
    }
    export type UserDocument = HydratedDocument<User>;
    export const UserSchema = SchemaFactory.createForClass(User);
    UserSchema.index({ name: 1, age: -1 });
    UserSchema.pre('save', () => {});`;
  const POST = `
    import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
    import { Types } from 'mongoose';
    import { User } from './user';
    @Schema()
    export class Post { @Prop({ type: Types.ObjectId, ref: User.name, required: true }) author: Types.ObjectId; }
    export const PostSchema = SchemaFactory.createForClass(Post);`;

  it('are read', () => {
    const models = modelsIn({ 'user.ts': USER, 'post.ts': POST });
    expect(models.map((one) => one.name).toSorted()).toEqual(['Post', 'User']);
    const user = only(models, 'User');
    expect(user.table).toBe('people');
    expect(
      user.columns.map(
        (one) =>
          `${one.name}:${one.type}${one.isList ? '[]' : ''}${one.isNullable === true ? '?' : ''}${one.isHidden ? ' hidden' : ''}`,
      ),
    ).toEqual([
      '_id:object-id',
      'tenant:string?',
      'name:string?',
      'email:string',
      'password:string? hidden',
      'age:float?',
      'isActive:boolean?',
      'born:date?',
      'tags:string[]?',
      'scores:float[]?',
      'loose:json[]?',
      'role:string?',
      'home:json?',
      'home.city:string?',
      'home.zip:string?',
      'work:json',
      'work.city:string',
      'work.zip:string?',
      'others:json[]?',
      'others.city:string[]',
      'others.zip:string[]?',
      'names.first:string?',
      'names.last:string?',
      'pinned:object-id?',
      'starred:object-id[]?',
      'last:object-id?',
      'extra:json?',
      'createdAt:date?',
      'updatedAt:date?',
      '__v:float?',
    ]);
    expect(user.uniques).toEqual([['email']]);
    expect(user.indexes).toEqual([['tenant'], ['names.last'], ['name', 'age']]);
    expect(user.hooks).toEqual(['set email', 'pre save']);
    expect(user.virtuals).toEqual(['label', 'id']);
    expect(relationsOf(user)).toEqual([
      'pinned: one Post pinned→_id',
      'starred: many Post starred→_id',
      'last: one Post last→_id',
      'posts: many Post _id→author ←author',
    ]);
    expect(relationsOf(only(models, 'Post'))).toEqual(['author: one User author→_id ←posts']);
    expect(user.unread).toEqual([]);
  });

  it('are called as the module says', () => {
    const models = modelsIn({
      'user.ts': USER,
      'post.ts': POST,
      'module.ts': `
        import { MongooseModule } from '@nestjs/mongoose';
        import { User, UserSchema } from './user';
        import { Post, PostSchema } from './post';
        const features = [{ name: 'Article', schema: PostSchema, collection: 'articles' }];
        export const imports = [
          MongooseModule.forFeature(features),
          MongooseModule.forFeatureAsync([{ name: User.name, useFactory: () => { const schema = UserSchema; schema.plugin(tidy); return schema; } }]),
          MongooseModule.forFeature([{ name: User.name, schema: UserSchema }]),
        ];`,
    });
    expect(models.map((one) => [one.name, one.table])).toEqual([
      ['Article', 'articles'],
      ['User', 'people'],
    ]);
    expect(only(models, 'User').hooks).toEqual(['set email', 'pre save', 'plugin tidy']);
    // A class stands for its name.
    expect(relationsOf(only(models, 'User'))).toEqual([]);
    expect(only(models, 'User').unread).toEqual([
      'the model `Post` of `pinned` is not found',
      'the model `Post` of `starred` is not found',
      'the model `Post` of `last` is not found',
      'the model `Post` of `posts` is not found',
    ]);
    expect(relationsOf(only(models, 'Article'))).toEqual(['author: one User author→_id']);
  });

  it('say which of their properties cannot be read', () => {
    const model = only(
      modelsIn({
        'a.ts': `import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose'; import { Mixin, Gone } from 'other';
          @Schema() export class A extends Mixin(Gone) { @Prop() a: Gone; @Prop() b; @Prop({ ...Gone }) c: string; }
          export const ASchema = SchemaFactory.createForClass(A);`,
      }),
    );
    expect(model.unread).toEqual([
      'what `Mixin(Gone)` declares',
      'the type `Gone` of `a`',
      'the type of `b`',
      'what `Gone` holds',
    ]);
  });
});

describe('classes of Typegoose', () => {
  it('are read', () => {
    const models = modelsIn({
      'a.ts': `
        import { prop, getModelForClass, modelOptions, index, pre, plugin, defaultClasses, type Ref } from '@typegoose/typegoose';
        import { Types } from 'mongoose';
        class Job { @prop({ required: true }) public title!: string; }
        @index({ name: 1, age: 1 }, { unique: true })
        @pre<User>('save', function () {})
        @plugin(tidy)
        @modelOptions({ schemaOptions: { collection: 'people', timestamps: true }, options: { customName: 'Person' } })
        export class User {
          @prop({ required: true, trim: true }) public name!: string;
          @prop() public age?: number;
          @prop({ type: () => [String] }) public tags?: string[];
          @prop({ type: String }) public words?: string[];
          @prop({ type: () => Job }) public job?: Job;
          @prop({ type: () => [Job], _id: false }) public jobs?: Job[];
          @prop({ ref: () => Car }) public car?: Ref<Car>;
          @prop({ ref: 'Car' }) public cars?: Ref<Car>[];
          @prop({ ref: () => Car, foreignField: 'owner', localField: '_id' }) public owned?: Ref<Car>[];
          @prop({ refPath: 'kind' }) public thing?: Ref<Car>;
          public get label() { return this.name; }
        }
        export class Car extends defaultClasses.TimeStamps {
          @prop({ ref: () => User, type: () => Types.ObjectId, required: true }) public owner!: Ref<User>;
        }
        export const UserModel = getModelForClass(User);
        export const CarModel = getModelForClass(Car, { schemaOptions: { collection: 'autos' } });`,
    });
    const user = only(models, 'Person');
    expect(user.table).toBe('people');
    expect(user.columns.map((one) => `${one.name}:${one.type}${one.isList ? '[]' : ''}`)).toEqual([
      '_id:object-id',
      'name:string',
      'age:float',
      'tags:string[]',
      'words:string[]',
      'job:json',
      'job._id:object-id',
      'job.title:string',
      'jobs:json[]',
      'jobs.title:string[]',
      'car:object-id',
      'cars:object-id[]',
      'thing:object-id',
      'createdAt:date',
      'updatedAt:date',
      '__v:float',
    ]);
    expect(user.uniques).toEqual([['name', 'age']]);
    expect(user.hooks).toEqual(['pre save', 'plugin tidy', 'set name']);
    expect(user.virtuals).toEqual(['job.id', 'label', 'id']);
    expect(relationsOf(user)).toEqual([
      'car: one Car car→_id',
      'cars: many Car cars→_id',
      'owned: many Car _id→owner ←owner',
    ]);
    expect(user.unread).toEqual(['the model of `thing` is named by `refPath`']);
    const car = only(models, 'Car');
    expect(car.table).toBe('autos');
    expect(car.columns.map((one) => one.name)).toEqual(['_id', 'owner', 'createdAt', 'updatedAt', '__v']);
    expect(relationsOf(car)).toEqual(['owner: one Person owner→_id ←owned']);
  });
});
