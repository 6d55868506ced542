import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import * as objection from 'objection';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { createWholeProgram } from '../../src/facts/effects/whole-program.ts';
import { readObjectionModels } from '../../src/facts/orm/schemas/objection/models.ts';
import type { Model } from '../../src/facts/orm/schema.ts';

const FOLDER = '/nowhere/app';
type Files = Readonly<Record<string, string>>;

function read(files: Files): readonly Model[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(FOLDER, name), text]));
  const whole = createWholeProgram([...texts.keys()], (path) => texts.get(path));
  return readObjectionModels(
    whole.program.getSourceFiles().filter((one) => whole.isOwn(one)),
    whole.checker,
  );
}

function modelIn(files: Files, name: string): Model {
  const found = read(files).find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no model ${name}.`);
  return found;
}

const OBJECTION = `const { Model, snakeCaseMappers, ref } = require('objection');`;

/** A relation of a person to persons. */
const mapped = (kind: string, more: string, name: string): string =>
  `${name}: { relation: Model.${kind}, modelClass: Person, ${more} }`;

/** A model of one class, by what is in it. */
const classOf = (members: string, before = ''): Model =>
  modelIn(
    {
      'main.js': `${OBJECTION} ${before} class Person extends Model { static tableName = 'persons'; ${members} }`,
    },
    'Person',
  );

// ---------------------------------------------------------------------------------------------------------------------------------
// The library itself, asked for what it makes of the same texts

const nodeRequire = createRequire(import.meta.url);

/** Runs the files as CommonJS and gives what each exports. */
function run(files: Files): ReadonlyMap<string, unknown> {
  const loaded = new Map<string, { exports: unknown }>();
  const load = (name: string): unknown => {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const { outputText } = ts.transpileModule(files[name] ?? '', {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true,
      },
    });
    const require = (specifier: string): unknown => {
      if (specifier === 'objection') return objection;
      if (!specifier.startsWith('.')) return nodeRequire(specifier);
      const path = join(dirname(name), specifier);
      const file = [path, `${path}.js`, `${path}.ts`].find((one) => one in files);
      if (file === undefined) throw new Error(`${name} requires ${specifier}, which is not there.`);
      return load(file);
    };
    // oxlint-disable-next-line typescript/no-implied-eval
    const body = new Function('require', 'module', 'exports', '__dirname', outputText);
    body(require, module, module.exports, join(FOLDER, dirname(name)));
    return module.exports;
  };
  return new Map(Object.keys(files).map((name) => [name, load(name)]));
}

type ModelClass = typeof objection.Model;

const isModelClass = (value: unknown): value is ModelClass =>
  typeof value === 'function' && value.prototype instanceof objection.Model;

/** The model classes that the files export, in whatever way. */
function classesOf(files: Files): readonly ModelClass[] {
  const exported = [...run(files).values()].flatMap((one) =>
    isModelClass(one) ? [one] : typeof one === 'object' && one !== null ? Object.values(one) : [],
  );
  return [...new Set(exported.filter(isModelClass))].filter((one) => one.tableName !== undefined);
}

/** The names in code of a relation's key. */
interface RelationKeys {
  readonly props: readonly string[];
}

function propertiesOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && 'props' in value ? (value as RelationKeys).props : [];
}

function told(model: ModelClass) {
  return {
    name: model.name,
    table: model.tableName,
    primaryKey: [model.idColumn].flat(),
    relations: Object.values(model.getRelations()).map((one) => ({
      name: one.name,
      kind: /HasMany|ManyToMany/.test(one.constructor.name) ? 'many' : 'one',
      model: one.relatedModelClass.name,
      from: propertiesOf(one.ownerProp),
      to: propertiesOf(one.relatedProp),
      through: one.joinTable ?? undefined,
    })),
  };
}

const comparable = ({ name, table, primaryKey, relations }: Model) => ({
  name,
  table,
  primaryKey,
  relations: relations.map(({ name: relation, kind, model, from, to, through }) => ({
    name: relation,
    kind,
    model,
    from,
    to,
    through,
  })),
});

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

const PET = `class Animal extends Model {
  static get tableName() { return 'animals'; }
  static get relationMappings() {
    const Person = require('./Person');
    return { owner: { relation: Model.BelongsToOneRelation, modelClass: Person, join: { from: 'animals.ownerId', to: 'persons.id' } } };
  }
}`;

describe('as the library makes them', () => {
  it.each<[what: string, files: Files]>([
    [
      'getters, with classes that are required in place',
      {
        'Animal.js': `${OBJECTION} ${PET} module.exports = Animal;`,
        'Person.js': `const Model = require('objection').Model;
          module.exports = class Person extends Model {
            static get tableName() { return 'persons' }
            static get idColumn() { return 'id' }
            static get relationMappings() {
              return { pets: { relation: Model.HasManyRelation, modelClass: require('./Animal'), join: { from: 'persons.id', to: 'animals.ownerId' } } };
            }
          }`,
      },
    ],
    [
      'properties, thunks and all kinds of relations',
      {
        'models.ts': `import { Model } from 'objection';
          export class Movie extends Model { static tableName = 'movies'; static idColumn = ['studio', 'number']; }
          export class Passport extends Model {
            static override readonly tableName = 'passports';
            static readonly relationMappings = { holder: { relation: Model.BelongsToOneRelation, modelClass: () => Person, join: { from: 'passports.holderId', to: 'persons.id' } } };
          }
          export class Person extends Model {
            static tableName = 'persons';
            static relationMappings = () => ({
              children: { relation: Model.HasManyRelation, modelClass: Person, join: { from: 'persons.id', to: 'persons.parentId' } },
              parent: { relation: Model.BelongsToOneRelation, modelClass: Person, join: { from: 'persons.parentId', to: 'persons.id' } },
              passport: { relation: Model.HasOneRelation, modelClass: Passport, join: { to: 'persons.id', from: 'passports.holderId' } },
              movies: {
                relation: Model.ManyToManyRelation,
                modelClass: Movie,
                join: {
                  from: 'persons.id',
                  through: { from: 'roles.personId', to: ['roles.studio', 'roles.number'], extra: ['name'] },
                  to: ['movies.studio', 'movies.number'],
                },
              },
              lead: {
                relation: Model.HasOneThroughRelation,
                modelClass: Movie,
                join: {
                  from: 'persons.id',
                  through: { from: 'leads.personId', to: ['leads.studio', 'leads.number'] },
                  to: ['movies.studio', 'movies.number'],
                },
              },
            });
          }`,
      },
    ],
    [
      'names of tables that are put together',
      {
        'models.js': `${OBJECTION}
          const TABLE = 'persons';
          class Animal extends Model { static get tableName() { return 'zoo.animals'; } }
          class Person extends Model {
            static get tableName() { return TABLE; }
            static get relationMappings() {
              return {
                pets: { relation: Model.HasManyRelation, modelClass: Animal, join: { from: \`\${this.tableName}.id\`, to: Animal.tableName + '.ownerId' } },
                best: { relation: Model.HasOneRelation, modelClass: Animal, join: { from: [ref('persons.id')], to: \`\${Animal.tableName}.\${'bestOf'}\` } },
              };
            }
          }
          module.exports = { Animal, Person };`,
      },
    ],
    [
      'a class above, whose relations are taken over',
      {
        'models.ts': `import { Model } from 'objection';
          abstract class Base extends Model {
            static get idColumn() { return 'uuid'; }
            static get relationMappings() {
              return { maker: { relation: Model.BelongsToOneRelation, modelClass: User, join: { from: this.tableName + '.makerId', to: 'users.uuid' } } };
            }
          }
          export class User extends Model { static tableName = 'users'; static idColumn = 'uuid'; }
          export class Note extends Base {
            static tableName = 'notes';
            static get relationMappings() {
              return { changer: { relation: Model.BelongsToOneRelation, modelClass: User, join: { from: 'notes.changerId', to: 'users.uuid' } } };
            }
          }`,
      },
    ],
    [
      'names that are made for the database',
      {
        'models.js': `${OBJECTION}
          class Base extends Model { static get columnNameMappers() { return snakeCaseMappers(); } }
          class Animal extends Base { static tableName = 'animals'; static idColumn = 'animal_id'; }
          class Person extends Base {
            static tableName = 'persons';
            static relationMappings = {
              pets: { relation: Model.HasManyRelation, modelClass: Animal, join: { from: 'persons.id', to: 'animals.owner_id' } },
            };
          }
          module.exports = { Animal, Person };`,
      },
    ],
    [
      'a mixin of the project',
      {
        'models.js': `${OBJECTION}
          const Owned = (Base) => class extends Base { static get idColumn() { return 'key'; } };
          class Animal extends Owned(Model) { static tableName = 'animals'; }
          module.exports = { Animal };`,
      },
    ],
  ])('%s', (_, files) => {
    const models = read(files);
    const classes = classesOf(files);
    expect(classes.length).toBeGreaterThan(0);
    const isTold = (name: string): boolean => classes.some((one) => one.name === name);
    expect(models.flatMap(({ unread }) => unread)).toEqual([]);
    expect(
      models
        .filter(({ name }) => isTold(name))
        .map(comparable)
        .sort(byName),
    ).toEqual(
      classes
        .map(told)
        .map((one) => ({
          ...one,
          primaryKey: one.primaryKey.map((key) => (key === 'animal_id' ? 'animalId' : key)),
        }))
        .sort(byName),
    );
  });
});

describe('what the library does not tell', () => {
  it.each<[what: string, modelClass: string]>([
    ['a joined path', `path.join(__dirname, 'Animal')`],
    ['a resolved path', `path.resolve(__dirname, './Animal.js')`],
    ['a path that is added up', `__dirname + '/Animal'`],
    ['a path in a template', '`${__dirname}/Animal`'],
    ['a name below `modelPaths`', `'Animal'`],
    ['a module', `require('./Animal')`],
    ['a thunk of a module', `() => require('./Animal').default`],
  ])('a model that is named by %s', (what, modelClass) => {
    const isDefault = what.includes('thunk');
    const files: Files = {
      'models/Animal.js': `${OBJECTION} ${PET} ${isDefault ? 'exports.default = Animal;' : 'module.exports = Animal;'}`,
      'models/Person.js': `${OBJECTION} const path = require('path');
        module.exports = class Person extends Model {
          static tableName = 'persons';
          static get modelPaths() { return [__dirname]; }
          static relationMappings = { pets: { relation: Model.HasManyRelation, modelClass: ${modelClass}, join: { from: 'persons.id', to: 'animals.ownerId' } } };
        };`,
    };
    expect(modelIn(files, 'Person')).toMatchObject({
      relations: [{ name: 'pets', model: 'Animal', inverse: 'owner' }],
      unread: [],
    });
    expect(modelIn(files, 'Animal')).toMatchObject({
      relations: [{ name: 'owner', model: 'Person', inverse: 'pets' }],
    });
    expect(basename(modelIn(files, 'Person').seenAt.path)).toBe('Person.js');
  });

  it('columns of JSON schemas, keys and relations', () => {
    const { columns } = classOf(`
      static idColumn = 'key';
      static jsonAttributes = ['extra'];
      static get jsonSchema() {
        return { type: 'object', required: ['name', 'either'], properties: {
          name: { type: 'string' }, age: { type: ['integer', 'null'] }, score: { type: 'number' }, on: { type: 'boolean' },
          kind: { type: 'string', enum: ['a', 'b'] }, at: { type: 'string', format: 'date-time' }, uuid: { type: 'string', format: 'uuid' },
          list: { type: 'array' }, either: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, maybe: { oneOf: [{ type: 'object' }, { type: 'null' }] },
        } };
      }
      static relationMappings = { boss: { relation: Model.BelongsToOneRelation, modelClass: Person, join: { from: 'persons.bossKey', to: 'persons.key' } } };`);
    expect(columns.map(({ name, type, isNullable }) => `${name} ${type} ${isNullable}`)).toEqual([
      'key unknown false',
      'name string false',
      'age integer true',
      'score float undefined',
      'on boolean undefined',
      'kind enum undefined',
      'at unknown undefined',
      'uuid uuid undefined',
      'list json undefined',
      'either unknown false',
      'maybe json true',
      'extra json undefined',
      'bossKey unknown undefined',
    ]);
    expect(columns[2]?.written).toBe('integer | null');
  });

  it('hooks, virtuals and what every query begins with', () => {
    expect(
      classOf(`
        static get virtualAttributes() { return ['full', 'initials']; }
        get full() { return this.first; }
        initials() { return 'ab'; }
        $beforeInsert() {} $afterFind() {} $parseDatabaseJson(json) { return super.$parseDatabaseJson(json); }
        static afterFind() {} static beforeDelete() {} afterFind() {}
        static query(...args) { return super.query(...args).where('isDeleted', false); }`),
    ).toMatchObject({
      hooks: ['$beforeInsert', '$afterFind', '$parseDatabaseJson', 'afterFind', 'beforeDelete'],
      virtuals: ['full', 'initials'],
      defaultScope: `super.query(...args).where('isDeleted', false)`,
      unread: [],
    });
  });

  it('relations with more than keys, and the other sides', () => {
    const { relations } = classOf(`static relationMappings = {
      ${mapped('HasManyRelation', `join: { from: 'persons.id', to: 'persons.bossId' }`, 'staff')},
      ${mapped('HasManyRelation', `modify: (query) => query.where('isOld', true), join: { from: 'persons.id', to: 'persons.bossId' }`, 'oldStaff')},
      ${mapped('BelongsToOneRelation', `join: { from: 'persons.bossId', to: 'persons.id' }`, 'boss')},
      ${mapped('ManyToManyRelation', `join: { from: 'persons.id', through: { from: 'likes.who', to: 'likes.whom' }, to: 'persons.id' }`, 'likes')},
      ${mapped('ManyToManyRelation', `join: { from: 'persons.id', through: { from: 'likes.whom', to: 'likes.who', filter: { now: 1 } }, to: 'persons.id' }`, 'fans')},
    }`);
    expect(relations.map(({ name, inverse, isFiltered }) => `${name} ${inverse} ${isFiltered}`)).toEqual([
      'staff boss false',
      'oldStaff boss true',
      'boss staff false',
      'likes fans false',
      'fans likes true',
    ]);
  });

  it('members that are given to the class', () => {
    const files: Files = {
      'main.js': `${OBJECTION} class Person extends Model {} Person.tableName = 'persons'; Person.idColumn = 'key';
        Person.relationMappings = { boss: { relation: Model.BelongsToOneRelation, modelClass: Person, join: { from: 'persons.bossKey', to: 'persons.key' } } };`,
    };
    expect(modelIn(files, 'Person')).toMatchObject({
      table: 'persons',
      primaryKey: ['key'],
      relations: [{ name: 'boss', from: ['bossKey'] }],
    });
  });

  it('names that the connection makes for the database', () => {
    const files: Files = {
      'main.js': `const { Model, knexSnakeCaseMappers } = require('objection'); const knex = Knex({ ...knexSnakeCaseMappers() });
        class Person extends Model { static tableName = 'persons'; static jsonSchema = { properties: { firstName: { type: 'string' } } }; }`,
    };
    expect(modelIn(files, 'Person').columns.map(({ name, column }) => `${name} ${column}`)).toEqual([
      'id id',
      'firstName first_name',
    ]);
  });

  it('relations that are spread from above', () => {
    const files: Files = {
      'main.ts': `import { Model } from 'objection';
        class User extends Model { static tableName = 'users'; }
        class Base extends Model { static get relationMappings() {
          return { maker: { relation: Model.BelongsToOneRelation, modelClass: User, join: { from: 'notes.makerId', to: 'users.id' } } }; } }
        class Note extends Base { static tableName = 'notes'; static get relationMappings() {
          return { ...super.relationMappings, changer: { relation: Model.BelongsToOneRelation, modelClass: User, join: { from: 'notes.changerId', to: 'users.id' } } }; } }`,
    };
    const note = modelIn(files, 'Note');
    expect(note.relations.map(({ name }) => name)).toEqual(['maker', 'changer']);
    expect(note.unread).toEqual([]);
  });

  it('classes that are no models of it, or have no table', () => {
    expect(read({ 'main.js': `class Person extends Model { static tableName = 'persons'; }` })).toEqual([]);
    expect(
      read({
        'a.js': `${OBJECTION} class Base extends Model {}`,
        'b.js': `const { Model } = require('sequelize'); class Person extends Model { static tableName = 'persons'; }`,
      }),
    ).toEqual([]);
  });
});

describe('what cannot be read is told', () => {
  const keys = `join: { from: 'persons.id', to: 'persons.bossId' }`;
  it.each<[what: string, members: string, unread: readonly string[]]>([
    ['the table', `static get tableName() { return prefix + 'persons'; }`, ['the name of its table']],
    ['the primary key', `static idColumn = key();`, ['its primary key']],
    ['relations', `static relationMappings = relations;`, ['its relations']],
    ['some relations', `static relationMappings = { ...others };`, ['relations from `...others`']],
    [
      'the kind',
      `static relationMappings = { a: { relation: kind, modelClass: Person, ${keys} } };`,
      ['the relation `a`: its kind'],
    ],
    [
      'the model',
      `static relationMappings = { a: { relation: Model.HasManyRelation, modelClass: Nobody, ${keys} } };`,
      ['the relation `a`: its model, which is not found'],
    ],
    [
      'the keys',
      `static relationMappings = { a: { relation: Model.HasManyRelation, modelClass: Person, join: { from: 'persons.id', to: key } } };`,
      ['the relation `a`: its keys'],
    ],
    [
      'keys of another table',
      `static relationMappings = { a: { relation: Model.HasManyRelation, modelClass: Person, join: { from: 'persons.id', to: 'others.bossId' } } };`,
      ['the relation `a`: its keys'],
    ],
    [
      'keys in documents',
      `static relationMappings = { a: { relation: Model.HasManyRelation, modelClass: Person, join: { from: 'persons.id', to: 'persons.extra:boss' } } };`,
      ['the relation `a`: its keys'],
    ],
    ['a mapping', `static relationMappings = { a: mapping };`, ['the relation `a`: its mapping']],
    [
      'names',
      `static columnNameMappers = { parse, format }; static relationMappings = { a: { relation: Model.HasManyRelation, modelClass: Person, ${keys} } };`,
      ['names of columns that `columnNameMappers` makes', 'the relation `a`: its keys'],
    ],
    [
      'names of rows',
      `$parseDatabaseJson(json) { return mapKeys(super.$parseDatabaseJson(json), camelCase); }`,
      ['names of columns that `$parseDatabaseJson` makes'],
    ],
    ['a JSON schema', `static jsonSchema = schema;`, ['columns of its JSON schema']],
    [
      'a part of a JSON schema',
      `static jsonSchema = { properties: { ...common } };`,
      ['columns of its JSON schema from `...common`'],
    ],
    ['virtuals', `static virtualAttributes = virtuals();`, ['its virtual attributes']],
    [
      'a builder of queries',
      `static get QueryBuilder() { return SoftDeletes; }`,
      ['what its own `QueryBuilder` adds to queries'],
    ],
  ])('%s', (_, members, unread) => {
    const source = `${OBJECTION} class Person extends Model { ${/tableName/.test(members) ? '' : `static tableName = 'persons';`} ${members} }`;
    expect(modelIn({ 'main.js': source }, 'Person')).toMatchObject({ unread, relations: [] });
  });

  it('a mixin of a package', () => {
    const files: Files = {
      'main.js': `${OBJECTION} const softDelete = require('objection-soft-delete')({});
        class Person extends softDelete(Model) { static tableName = 'persons'; }`,
    };
    expect(modelIn(files, 'Person').unread).toEqual(['what `softDelete` adds']);
  });
});
