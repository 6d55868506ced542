import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as sequelizePackage from 'sequelize';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { createWholeProgram } from '../../src/facts/effects/whole-program.ts';
import type { Model } from '../../src/facts/orm/schema.ts';
import { readSequelizeModels } from '../../src/facts/orm/schemas/sequelize/models.ts';

const FOLDER = '/nowhere/app';
type Files = Readonly<Record<string, string>>;

function read(files: Files): readonly Model[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(FOLDER, name), text]));
  const whole = createWholeProgram([...texts.keys()], (path) => texts.get(path));
  return readSequelizeModels(
    whole.program.getSourceFiles().filter((one) => whole.isOwn(one)),
    whole.checker,
  );
}

function modelIn(files: Files, name: string): Model {
  const found = read(files).find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no model ${name}.`);
  return found;
}

/** The model of `define('User', …)`, whose attributes and options are given. */
const defined = (attributes: string, options = '{}'): Model =>
  modelIn(
    {
      'main.js': `const { Sequelize, DataTypes } = require('sequelize');
        const sequelize = new Sequelize('postgres://x');
        const User = sequelize.define('User', ${attributes}, ${options});`,
    },
    'User',
  );

/** `posts: many Post id=userId, the other side of user`. */
function relationsOf(model: Model): readonly string[] {
  return model.relations.map(({ name, kind, model: other, from, to, through, inverse, isFiltered }) =>
    [
      `${name}: ${kind} ${other} ${from.join()}=${to.join()}`,
      through === undefined ? '' : ` through ${through}`,
      inverse === undefined ? '' : ` <> ${inverse}`,
      isFiltered ? ' filtered' : '',
    ].join(''),
  );
}

// ---------------------------------------------------------------------------------------------------------------------------------
// The library itself, asked for what it makes of the same texts

const nodeRequire = createRequire(import.meta.url);
// What decorators tell of types is kept by it.
nodeRequire('reflect-metadata');

/** Runs the files as CommonJS and gives what `main` exports. */
function run(files: Files): unknown {
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
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        // A field that is declared alone would hide the accessors of the library.
        useDefineForClassFields: false,
      },
    });
    const require = (specifier: string): unknown => {
      if (specifier === 'sequelize') return sequelizePackage;
      if (!specifier.startsWith('.')) return nodeRequire(specifier);
      const path = join(dirname(name), specifier);
      const file = [path, `${path}.js`, `${path}.ts`, join(path, 'index.js'), join(path, 'index.ts')].find(
        (one) => one in files,
      );
      if (file === undefined) throw new Error(`${name} requires ${specifier}, which is not there.`);
      return load(file);
    };
    // oxlint-disable-next-line typescript/no-implied-eval
    new Function('require', 'module', 'exports', outputText)(require, module, module.exports);
    return module.exports;
  };
  const main = Object.keys(files).find((name) => name.startsWith('main.'));
  return load(main ?? '');
}

interface RealIndex {
  readonly unique?: boolean;
  readonly fields: readonly (string | { readonly name?: string })[];
}

const sorted = <T>(values: Iterable<T>): T[] =>
  [...values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' || typeof value === 'function'
    ? Reflect.get(value ?? {}, name)
    : undefined;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** What the library knows of a model, as plain data that can be compared. */
function told(model: sequelizePackage.ModelStatic<sequelizePackage.Model>) {
  const attributes = Object.entries(model.getAttributes());
  const virtual = new Set(
    attributes
      .filter(([, { type }]) => type instanceof sequelizePackage.DataTypes.VIRTUAL)
      .map(([name]) => name),
  );
  const stored = attributes.filter(([name]) => !virtual.has(name));
  const nameOf = (field: string): string =>
    stored.find(([name]) => name === field)?.[0] ??
    stored.find(([, one]) => one.field === field)?.[0] ??
    field;
  const primaryKey = model.primaryKeyAttributes;
  const unique = Object.values(record(property(model, 'uniqueKeys'))).map((one) => property(one, 'fields'));
  const indexes = property(model, '_indexes') as readonly RealIndex[];
  const fieldsOf = ({ fields }: RealIndex): string[] =>
    fields.map((one) => nameOf(typeof one === 'string' ? one : (one.name ?? '')));
  const uniques = [
    ...unique.map((fields) => (fields as string[]).map(nameOf)),
    ...indexes.filter((one) => one.unique === true).map(fieldsOf),
  ].map((one) => one.toSorted());
  return {
    name: model.name,
    table: model.getTableName(),
    columns: sorted(
      stored.map(([name, { field, allowNull }]) => ({
        name,
        column: field,
        isNullable: !primaryKey.includes(name) && allowNull !== false,
      })),
    ),
    primaryKey: sorted(primaryKey),
    uniques: sorted(
      new Set(
        uniques.map((one) => JSON.stringify(one)).filter((one) => one !== JSON.stringify(sorted(primaryKey))),
      ),
    ),
    indexes: sorted(indexes.filter((one) => one.unique !== true).map(fieldsOf)),
    relations: sorted(Object.values(model.associations).map(toldOfAssociation)),
    hooks: sorted(
      Object.entries(record(property(model.options, 'hooks')))
        .filter(([, all]) => !Array.isArray(all) || all.length > 0)
        .map(([name]) => name),
    ),
    softDelete: property(property(model, '_timestampAttributes'), 'deletedAt'),
    virtuals: sorted(
      new Set([...virtual, ...gettersOf(model).filter((one) => !stored.some(([name]) => name === one))]),
    ),
  };
}

/** The getters that the classes of a model declare. */
function gettersOf(model: sequelizePackage.ModelStatic<sequelizePackage.Model>): readonly string[] {
  const names: string[] = [];
  for (
    let at: unknown = model.prototype;
    at instanceof sequelizePackage.Model;
    at = Object.getPrototypeOf(at)
  ) {
    for (const [name, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      // Those of the library can set too, and stay behind when an attribute is taken away.
      if (get !== undefined && set === undefined) names.push(name);
  }
  return names;
}

function toldOfAssociation(association: sequelizePackage.Association) {
  const { associationType: type, as: name, target, foreignKey } = association;
  const key = (which: string): string => String(property(association, which));
  const [from, to] =
    type === 'BelongsTo'
      ? [foreignKey, key('targetKey')]
      : type === 'BelongsToMany'
        ? [key('sourceKey'), key('targetKey')]
        : [key('sourceKey'), foreignKey];
  const through =
    type === 'BelongsToMany' ? property(property(association, 'throughModel'), 'tableName') : undefined;
  const kind = type === 'HasMany' || type === 'BelongsToMany' ? 'many' : 'one';
  const scopes = [property(association, 'scope'), property(property(association, 'through'), 'scope')];
  const isFiltered = scopes.some((one) => one !== undefined);
  return { name, kind, model: target.name, from, to, through, isFiltered };
}

/** What was read of a model, in the same form. */
function comparable(model: Model) {
  const stored = new Set(model.columns.map(({ name }) => name));
  return {
    name: model.name,
    table: model.table,
    columns: sorted(model.columns.map(({ name, column, isNullable }) => ({ name, column, isNullable }))),
    primaryKey: sorted(model.primaryKey),
    uniques: sorted(model.uniques.map((one) => JSON.stringify(one.toSorted()))),
    indexes: sorted(model.indexes.map((one) => [...one])),
    relations: sorted(
      model.relations.map(({ name, kind, model: other, from, to, through, isFiltered }) => ({
        name,
        kind,
        model: other,
        from: from.join(),
        to: to.join(),
        through,
        isFiltered,
      })),
    ),
    hooks: sorted(model.hooks),
    softDelete: model.softDelete,
    virtuals: sorted(model.virtuals.filter((one) => !stored.has(one))),
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

/** Expects that the models are read as the library makes them, and nothing of them is left unread. */
function expectAsInLibrary(files: Files): void {
  const sequelize = property(run(files), 'sequelize');
  const models = Object.values(
    record(property(sequelize, 'models')),
  ) as sequelizePackage.ModelStatic<sequelizePackage.Model>[];
  const readModels = read(files);
  expect(readModels.map(({ unread }) => unread).flat()).toEqual([]);
  expect(models.length).toBeGreaterThan(0);
  expect(readModels.map(comparable).sort(byName)).toEqual(models.map(told).sort(byName));
}

const CONNECTION = `const { Sequelize, DataTypes, Model } = require('sequelize');
  const sequelize = new Sequelize('postgres://x', { dialect: 'postgres' });
  exports.sequelize = sequelize;`;

/** One file that makes a connection with options and declares models. */
const alone = (text: string, options = `{ dialect: 'postgres' }`): Files => ({
  'main.js': CONNECTION.replace(`{ dialect: 'postgres' }`, options) + text,
});

const USER_AND_POST = `
  const User = sequelize.define('User', { name: DataTypes.STRING });
  const Post = sequelize.define('Post', { title: DataTypes.STRING });`;

describe('as the library makes them', () => {
  it.each<[what: string, files: Files]>([
    ['a model without options', alone(`sequelize.define('User', { name: DataTypes.STRING });`)],
    [
      'types, fields, nulls and keys',
      alone(`sequelize.define('User', {
        uuid: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 },
        firstName: { type: DataTypes.STRING(20), field: 'first_name', allowNull: false },
        email: { type: 'VARCHAR(80)', unique: true },
        full: { type: DataTypes.VIRTUAL, get() { return this.firstName; } },
        tags: DataTypes.ARRAY(DataTypes.STRING),
      });`),
    ],
    [
      'uniques of several columns',
      alone(`sequelize.define('User', {
        tenant: { type: DataTypes.INTEGER, unique: 'mail' },
        email: { type: DataTypes.STRING, unique: 'mail' },
        phone: { type: DataTypes.STRING, unique: { name: 'phone', msg: 'taken' } },
        city: { type: DataTypes.STRING, unique: { msg: 'taken' } },
        zip: { type: DataTypes.STRING, unique: false },
      });`),
    ],
    [
      'indexes by names in code and in the database',
      alone(`sequelize.define('User', { tenantId: DataTypes.INTEGER, email: DataTypes.STRING }, {
        underscored: true,
        indexes: [
          { unique: true, fields: ['tenant_id', 'email'] },
          { fields: [{ name: 'email', order: 'DESC' }] },
          { type: 'UNIQUE', fields: ['tenantId'] },
        ],
      });`),
    ],
    [
      'a primary key of two columns',
      alone(`sequelize.define('Vote', {
        userId: { type: DataTypes.INTEGER, primaryKey: true, unique: 'both' },
        postId: { type: DataTypes.INTEGER, primaryKey: true, unique: 'both' },
      });`),
    ],
    [
      'underscored names',
      alone(
        `sequelize.define('BlogPost', { firstName: DataTypes.STRING, a1B: DataTypes.STRING }, { underscored: true, paranoid: true });`,
      ),
    ],
    ['a frozen table name', alone(`sequelize.define('Person', {}, { freezeTableName: true });`)],
    [
      'a table name',
      alone(`sequelize.define('Person', {}, { tableName: 'people_table', timestamps: false });`),
    ],
    [
      'names of times',
      alone(
        `sequelize.define('Person', {}, { createdAt: 'made', updatedAt: false, deletedAt: 'gone', paranoid: true, version: true });`,
      ),
    ],
    [
      'soft deletes without times',
      alone(`sequelize.define('Person', {}, { paranoid: true, timestamps: false });`),
    ],
    [
      'times that are columns of its own',
      alone(`sequelize.define('Person', { createdAt: { type: DataTypes.DATE, field: 'created' } }, {});`),
    ],
    [
      'hooks in the options and by calls',
      alone(`const User = sequelize.define('User', {}, { hooks: { beforeCreate() {}, afterFind: () => {} } });
        User.addHook('beforeFind', 'named', () => {});
        User.afterDestroy(() => {});`),
    ],
    [
      'an attribute that is removed',
      alone(`const Log = sequelize.define('Log', { text: DataTypes.TEXT }); Log.removeAttribute('id');`),
    ],
    [
      'options of the connection',
      alone(
        `sequelize.define('BlogPost', { aB: DataTypes.STRING }); sequelize.define('Tag', {}, { timestamps: true, underscored: false });`,
        `{ dialect: 'postgres', define: { underscored: true, timestamps: false, paranoid: true, hooks: { afterFind() {} } } }`,
      ),
    ],
    ['one to many', alone(`${USER_AND_POST} User.hasMany(Post); Post.belongsTo(User);`)],
    ['one to one', alone(`${USER_AND_POST} User.hasOne(Post); Post.belongsTo(User);`)],
    [
      'aliases and keys as texts',
      alone(`${USER_AND_POST}
        User.hasMany(Post, { as: 'articles', foreignKey: 'writerId' });
        Post.belongsTo(User, { as: 'writer', foreignKey: 'writerId' });`),
    ],
    [
      'an alias without a key',
      alone(
        `${USER_AND_POST} Post.belongsTo(User, { as: 'writer' }); User.hasOne(Post, { as: 'firstArticles' });`,
      ),
    ],
    [
      'an alias in two numbers',
      alone(`${USER_AND_POST} User.hasMany(Post, { as: { singular: 'article', plural: 'writings' } });`),
    ],
    [
      'keys as objects',
      alone(`${USER_AND_POST}
        User.hasMany(Post, { foreignKey: { name: 'writerId', field: 'writer', allowNull: false, unique: true } });
        Post.belongsTo(User, { foreignKey: { name: 'writerId' } });
        User.hasOne(Post, { as: 'last', foreignKey: { allowNull: false } });`),
    ],
    [
      'a key that is declared',
      alone(`const User = sequelize.define('User', {});
        const Post = sequelize.define('Post', { userId: { type: DataTypes.INTEGER, allowNull: false, field: 'user' } });
        User.hasMany(Post, { foreignKey: 'userId' }); Post.belongsTo(User, { foreignKey: 'userId' });`),
    ],
    [
      'keys other than the primary one',
      alone(`const User = sequelize.define('User', { name: { type: DataTypes.STRING, unique: true } });
        const Post = sequelize.define('Post', {});
        User.hasMany(Post, { sourceKey: 'name', foreignKey: 'userName' });
        Post.belongsTo(User, { targetKey: 'name', foreignKey: 'userName' });
        User.hasOne(Post, { as: 'pinned', sourceKey: 'name', foreignKey: 'pinnedBy' });`),
    ],
    [
      'primary keys of other names',
      alone(`const User = sequelize.define('User', { uuid: { type: DataTypes.UUID, primaryKey: true } });
        const Post = sequelize.define('Post', {});
        User.hasMany(Post); Post.belongsTo(User); User.hasOne(Post, { as: 'best' });`),
    ],
    [
      'a model that is related to itself',
      alone(`const Person = sequelize.define('Person', {});
        Person.belongsTo(Person, { as: 'parent', foreignKey: 'parentId' });
        Person.hasMany(Person, { as: 'children', foreignKey: 'parentId' });`),
    ],
    [
      'a scope and no constraints',
      alone(`${USER_AND_POST} User.hasMany(Post, { foreignKey: 'ownerId', constraints: false, scope: { ownerType: 'user' } });
        Post.belongsTo(User, { foreignKey: 'ownerId', constraints: false });`),
    ],
    [
      'names in two numbers',
      alone(`const Child = sequelize.define('kid', {}, { name: { singular: 'child', plural: 'offspring' } });
        const User = sequelize.define('User', {});
        User.hasMany(Child); Child.belongsTo(User); Child.hasMany(User, { as: 'friends' }); User.belongsToMany(Child, { as: 'pals', through: 'Pals' });`),
    ],
    [
      'many to many through a name',
      alone(
        `${USER_AND_POST} User.belongsToMany(Post, { through: 'Likes' }); Post.belongsToMany(User, { through: 'Likes' });`,
      ),
    ],
    [
      'many to many from one side, underscored',
      alone(`const User = sequelize.define('User', {}, { underscored: true, updatedAt: false });
        const Post = sequelize.define('Post', {});
        User.belongsToMany(Post, { through: 'user_likes' });`),
    ],
    [
      'many to many through a model',
      alone(`${USER_AND_POST} const Like = sequelize.define('Like', { weight: DataTypes.INTEGER });
        User.belongsToMany(Post, { through: Like, as: 'liked', foreignKey: 'byId' });
        Post.belongsToMany(User, { through: Like, as: 'fans', foreignKey: 'whatId' });
        User.hasMany(Like, { foreignKey: 'byId' }); Like.belongsTo(User, { foreignKey: 'byId' });`),
    ],
    [
      'many to many through a model with a key of its own',
      alone(`${USER_AND_POST} const Like = sequelize.define('Like', { id: { type: DataTypes.UUID, primaryKey: true } });
        User.belongsToMany(Post, { through: Like }); Post.belongsToMany(User, { through: Like });`),
    ],
    [
      'many to many that is not unique',
      alone(`${USER_AND_POST} const Like = sequelize.define('Like', { id: { type: DataTypes.UUID, primaryKey: true } });
        User.belongsToMany(Post, { through: { model: Like, unique: false } });
        Post.belongsToMany(User, { through: { model: Like, unique: false } });`),
    ],
    [
      'many to many with all keys',
      alone(`const User = sequelize.define('User', { name: { type: DataTypes.STRING, unique: true } });
        const Post = sequelize.define('Post', { slug: { type: DataTypes.STRING, unique: true } });
        User.belongsToMany(Post, { through: 'Likes', sourceKey: 'name', targetKey: 'slug', foreignKey: 'who', otherKey: 'what' });
        Post.belongsToMany(User, { through: 'Likes', sourceKey: 'slug', targetKey: 'name', foreignKey: 'what', otherKey: 'who' });`),
    ],
    [
      'many to many whose other side tells the keys',
      alone(`const User = sequelize.define('User', { name: { type: DataTypes.STRING, unique: true } });
        const Post = sequelize.define('Post', {});
        User.belongsToMany(Post, { through: 'Likes', foreignKey: 'who', sourceKey: 'name' });
        Post.belongsToMany(User, { through: 'Likes', foreignKey: 'what' });`),
    ],
    [
      'many to many with itself',
      alone(`const Person = sequelize.define('Person', {});
        Person.belongsToMany(Person, { as: 'Children', foreignKey: 'parentId', through: 'Family' });
        Person.belongsToMany(Person, { as: 'Parents', foreignKey: 'childId', through: 'Family' });
        Person.belongsToMany(Person, { as: 'Friends', through: 'Friendship' });`),
    ],
    [
      'two relations between the same models',
      alone(`${USER_AND_POST}
        Post.belongsTo(User, { as: 'author', foreignKey: 'authorId' });
        Post.belongsTo(User, { as: 'editor', foreignKey: 'editorId' });
        User.hasMany(Post, { as: 'written', foreignKey: 'authorId' });
        User.hasMany(Post, { as: 'edited', foreignKey: 'editorId' });`),
    ],
    [
      'a relation of the same name, of which the last counts',
      alone(`${USER_AND_POST} function associate() {
          User.hasMany(Post);
          User.hasMany(Post, { foreignKey: 'editorId' });
        } associate();`),
    ],
    [
      'nouns of all kinds',
      alone(
        `const Owner = sequelize.define('owner', {});` +
          [
            'person',
            'child',
            'mediaProgress',
            'series',
            'status',
            'category',
            'news',
            'datum',
            'index',
            'BookSeries',
            'user_profile',
            'Address',
            'Leaf',
            'mouse',
            'ox',
            'Bus',
            'analysis',
            'data',
            'Users',
            'Quiz',
          ]
            .map(
              (
                one,
                at,
              ) => `const m${at} = sequelize.define('${one}', { fooBar: DataTypes.STRING }, { underscored: ${at % 2 === 0} });
                Owner.hasMany(m${at}); m${at}.belongsTo(Owner); m${at}.hasMany(Owner); Owner.hasOne(m${at}); m${at}.hasOne(Owner);`,
            )
            .join('\n'),
      ),
    ],
  ])('%s', (_, files) => expectAsInLibrary(files));
});

describe('in several files', () => {
  const CONNECT = `const { Sequelize, DataTypes } = require('sequelize');
    const sequelize = new Sequelize('postgres://x', { dialect: 'postgres' });`;

  it.each<[what: string, files: Files]>([
    [
      'functions that define, with associate, as the command line of the library makes them',
      {
        'models/user.js': `'use strict';
          module.exports = (sequelize, DataTypes) => {
            const User = sequelize.define('User', { email: { type: DataTypes.STRING, unique: true } }, {});
            User.associate = function (models) { User.hasMany(models.Post, { foreignKey: 'authorId', as: 'posts' }); };
            return User;
          };`,
        'models/post.js': `'use strict';
          const { Model } = require('sequelize');
          module.exports = (sequelize, DataTypes) => {
            class Post extends Model {
              static associate(models) { this.belongsTo(models.User, { foreignKey: 'authorId', as: 'author' }); }
              get short() { return this.title.slice(0, 3); }
            }
            Post.init({ title: DataTypes.STRING }, { sequelize, modelName: 'Post' });
            return Post;
          };`,
        'models/index.js': `${CONNECT}
          const db = {};
          for (const define of [require('./user'), require('./post')]) {
            const model = define(sequelize, DataTypes);
            db[model.name] = model;
          }
          Object.keys(db).forEach((name) => { if (db[name].associate) db[name].associate(db); });
          db.sequelize = sequelize;
          db.Sequelize = Sequelize;
          module.exports = db;`,
        'main.js': `module.exports = require('./models');`,
      },
    ],
    [
      'classes that init themselves and find the others at the connection',
      {
        'models/User.js': `const { DataTypes, Model } = require('sequelize');
          class User extends Model {
            static init(sequelize) {
              super.init({ id: { type: DataTypes.UUID, primaryKey: true } }, { sequelize, modelName: 'user' });
            }
          }
          module.exports = User;`,
        'models/MediaProgress.js': `const { DataTypes, Model } = require('sequelize');
          class MediaProgress extends Model {
            static init(sequelize) {
              super.init({ isFinished: DataTypes.BOOLEAN }, { sequelize, modelName: 'mediaProgress' });
              const { user } = sequelize.models;
              user.hasMany(MediaProgress, { onDelete: 'CASCADE' });
              MediaProgress.belongsTo(user);
              MediaProgress.addHook('afterFind', () => {});
            }
          }
          module.exports = MediaProgress;`,
        'main.js': `${CONNECT}
          require('./models/User').init(sequelize);
          require('./models/MediaProgress').init(sequelize);
          ['afterCreate', 'afterDestroy'].forEach((hook) => sequelize.models.user.addHook(hook, () => {}));
          exports.sequelize = sequelize;`,
      },
    ],
    [
      'models under other names in one object',
      {
        'models/tutorial.model.js': `module.exports = (sequelize, Sequelize) => {
            const Tutorial = sequelize.define('tutorial', { title: { type: Sequelize.STRING } });
            return Tutorial;
          };`,
        'models/comment.model.js': `module.exports = (sequelize, DataTypes) => sequelize.define('comment', { text: DataTypes.STRING });`,
        'models/index.js': `${CONNECT}
          const db = {};
          db.Sequelize = Sequelize;
          db.sequelize = sequelize;
          db.tutorials = require('./tutorial.model.js')(sequelize, Sequelize);
          db.comments = require('./comment.model.js')(sequelize, DataTypes);
          db.tutorials.hasMany(db.comments, { as: 'comments' });
          db.comments.belongsTo(db.tutorials, { foreignKey: 'tutorialId', as: 'tutorial' });
          module.exports = db;`,
        'main.js': `module.exports = require('./models');`,
      },
    ],
    [
      'models that are made and joined by a function',
      {
        'models/user.js': `module.exports = function (sequelize, DataTypes) {
            return sequelize.define('user', { id: { type: DataTypes.INTEGER, primaryKey: true } }, { sequelize, tableName: 'user', timestamps: false });
          };`,
        'models/post.js': `const { Model } = require('sequelize');
          module.exports = class post extends Model {
            static init(sequelize, DataTypes) {
              return super.init({ id: { type: DataTypes.INTEGER, primaryKey: true }, user_id: DataTypes.INTEGER }, { sequelize, tableName: 'post' });
            }
          };`,
        'models/init-models.js': `const DataTypes = require('sequelize').DataTypes;
          const _user = require('./user');
          const _post = require('./post');
          function initModels(sequelize) {
            const user = _user(sequelize, DataTypes);
            const post = _post.init(sequelize, DataTypes);
            post.belongsTo(user, { as: 'user', foreignKey: 'user_id' });
            user.hasMany(post, { as: 'posts', foreignKey: 'user_id' });
            return { user, post };
          }
          module.exports = { initModels };`,
        'main.js': `${CONNECT} require('./models/init-models').initModels(sequelize); exports.sequelize = sequelize;`,
      },
    ],
    [
      'functions that only define, and relations in a file of their own',
      {
        'models/orchestra.model.js': `const { DataTypes } = require('sequelize');
          module.exports = (sequelize) => { sequelize.define('orchestra', { name: { allowNull: false, type: DataTypes.STRING } }); };`,
        'models/instrument.model.js': `const { DataTypes } = require('sequelize');
          module.exports = (sequelize) => { sequelize.define('instrument', { type: DataTypes.STRING }); };`,
        'extra-setup.js': `function applyExtraSetup(sequelize) {
            const { instrument, orchestra } = sequelize.models;
            orchestra.hasMany(instrument);
            sequelize.model('instrument').belongsTo(sequelize.models['orchestra']);
          }
          module.exports = { applyExtraSetup };`,
        'main.js': `${CONNECT}
          for (const definer of [require('./models/orchestra.model'), require('./models/instrument.model')]) definer(sequelize);
          require('./extra-setup').applyExtraSetup(sequelize);
          exports.sequelize = sequelize;`,
      },
    ],
    [
      'modules of TypeScript',
      {
        'connection.ts': `import { Sequelize } from 'sequelize';
          export const sequelize = new Sequelize('postgres://x', { dialect: 'postgres', define: { underscored: true } });`,
        'models/columns.ts': `import { DataTypes } from 'sequelize';
          export const id = { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 };
          export const common = { id, ['note']: { type: DataTypes.TEXT } };
          export enum Keys { Author = 'writtenById' }`,
        'models/user.ts': `import { Model, DataTypes, type InferAttributes } from 'sequelize';
          import { sequelize } from '../connection';
          import { common } from './columns';
          export class User extends Model<InferAttributes<User>> { declare id: string; declare firstName: string; }
          User.init({ ...common, firstName: { type: DataTypes.STRING, allowNull: false } } as never, { sequelize, paranoid: true });`,
        'models/post.ts': `import * as Sequelize from 'sequelize';
          import { sequelize } from '../connection';
          import { id } from './columns';
          export default class Post extends Sequelize.Model {}
          Post.init({ id, title: Sequelize.DataTypes.STRING }, { sequelize, tableName: 'articles' });`,
        'models/index.ts': `import Post from './post';
          import { Keys } from './columns';
          export { User } from './user';
          import { User as Person } from './user';
          Person.hasMany(Post, { foreignKey: Keys.Author, as: 'posts' });
          Post.belongsTo(Person, { foreignKey: Keys.Author, as: 'author' });
          export { Post };`,
        'main.ts': `import './models'; export { sequelize } from './connection';`,
      },
    ],
    [
      'an object of models that each is given',
      {
        'user.js': `const { Model, DataTypes } = require('sequelize');
          class User extends Model {
            static associate({ Post }) { if (Post) this.hasMany(Post); }
          }
          module.exports = (sequelize) => User.init({ name: DataTypes.STRING }, { sequelize, modelName: 'User' });`,
        'post.js': `const { Model, DataTypes } = require('sequelize');
          module.exports = (sequelize) => {
            class Article extends Model {
              static associate(db) { Article.belongsTo(db.User); }
            }
            Article.init({ title: DataTypes.STRING }, { sequelize });
            return Article;
          };`,
        'main.js': `${CONNECT}
          const models = { User: require('./user')(sequelize), Post: require('./post')(sequelize) };
          Object.values(models).forEach((model) => model.associate(models));
          module.exports = { ...models, sequelize };`,
      },
    ],
  ])('%s', (_, files) => expectAsInLibrary(files));
});

const mainOf = (models: string): string => `import { Sequelize } from 'sequelize-typescript';
  ${models
    .split(' ')
    .map((one) => `import { ${one} } from './${one}';`)
    .join('\n')}
  export const sequelize = new Sequelize('postgres://x', { dialect: 'postgres', models: [${models.replaceAll(' ', ', ')}] });`;

describe('sequelize-typescript', () => {
  const IMPORT = `import { AfterFind, AllowNull, AutoIncrement, BeforeCreate, BelongsTo, BelongsToMany, Column, CreatedAt, createIndexDecorator,
    DataType, DefaultScope, DeletedAt, ForeignKey, HasMany, HasOne, Index, Model, PrimaryKey, Table, Unique, UpdatedAt } from 'sequelize-typescript';`;

  it.each<[what: string, files: Files]>([
    [
      'columns',
      {
        'User.ts': `${IMPORT}
          @Table
          export class User extends Model<User> {
            @PrimaryKey @AutoIncrement @Column declare key: number;
            @AllowNull(false) @Unique @Column(DataType.STRING(20)) declare email: string;
            @AllowNull @Column({ type: DataType.TEXT, field: 'biography' }) declare bio: string | null;
            @Column declare born: Date;
            @Unique('name') @Column declare first: string;
            @Unique('name') @Column declare last: string;
            @Column(DataType.VIRTUAL) get full(): string { return this.first; }
            @Index @Column declare city: string;
            @Index('pair') @Column declare a: number;
            @Index('pair') @Column declare b: number;
            @Index({ name: 'sole', unique: true }) @Column declare c: boolean;
            declare notStored: string;
            @CreatedAt declare madeAt: Date;
            @UpdatedAt declare changedAt: Date;
            @DeletedAt declare goneAt: Date;
            @BeforeCreate static check(): void {}
            @AfterFind static mark(): void {}
          }`,
        'main.ts': mainOf('User'),
      },
    ],
    [
      'options of the table, and decorators for indexes',
      {
        'User.ts': `${IMPORT}
          const Place = createIndexDecorator({ name: 'place', unique: true });
          @Table({ tableName: 'people', modelName: 'Person', underscored: true, timestamps: false })
          export class User extends Model {
            @Place @Column declare homeTown: string;
            @Place @Column declare street: string;
          }`,
        'main.ts': mainOf('User'),
      },
    ],
    [
      'relations of all kinds',
      {
        'User.ts': `${IMPORT}
          import { Post } from './Post'; import { Team } from './Team'; import { Profile } from './Profile'; import { Membership } from './Membership';
          @Table
          export class User extends Model {
            @HasMany(() => Post, 'writerId') declare posts: Post[];
            @HasMany(() => Post, { foreignKey: 'editorId', as: 'revised' }) declare edited: Post[];
            @HasOne(() => Profile) declare profile: Profile;
            @BelongsToMany(() => Team, () => Membership) declare teams: Team[];
            @BelongsToMany(() => Team, 'watches', 'watcherId', 'teamId') declare watched: Team[];
            @BelongsToMany(() => Team, { through: { model: () => Membership, scope: { isHead: true } }, as: 'led' }) declare headed: Team[];
          }`,
        'Post.ts': `${IMPORT} import { User } from './User';
          @Table
          export class Post extends Model {
            @ForeignKey(() => User) @Column declare writerId: number;
            @ForeignKey(() => User) @AllowNull(false) @Column declare editorId: number;
            @BelongsTo(() => User) declare writer: User;
            @BelongsTo(() => User, 'editorId') declare editor: User;
          }`,
        'Profile.ts': `${IMPORT} import { User } from './User';
          @Table
          export class Profile extends Model {
            @ForeignKey(() => User) @Unique @Column declare ownerId: number;
            @BelongsTo(() => User) declare owner: User;
          }`,
        'Team.ts': `${IMPORT} import { User } from './User'; import { Membership } from './Membership';
          @Table
          export class Team extends Model {
            @Column declare name: string;
            @BelongsToMany(() => User, () => Membership) declare members: User[];
          }`,
        'Membership.ts': `${IMPORT} import { User } from './User'; import { Team } from './Team';
          @Table
          export class Membership extends Model {
            @ForeignKey(() => User) @Column declare userId: number;
            @ForeignKey(() => Team) @Column declare teamId: number;
            @Column declare isHead: boolean;
          }`,
        'main.ts': mainOf('User Post Profile Team Membership'),
      },
    ],
    [
      'classes above',
      {
        'Base.ts': `${IMPORT} import { User } from './User';
          export abstract class Base extends Model {
            @PrimaryKey @Column(DataType.UUID) declare uuid: string;
            @ForeignKey(() => User) @Column(DataType.UUID) declare makerId: string;
            @BelongsTo(() => User, 'makerId') declare maker: User;
          }`,
        'User.ts': `${IMPORT} @Table export class User extends Model { @PrimaryKey @Column(DataType.UUID) declare uuid: string; }`,
        'Note.ts': `${IMPORT} import { Base } from './Base'; @Table export class Note extends Base { @Column declare text: string; }`,
        'main.ts': mainOf('User Note'),
      },
    ],
  ])('%s', (_, files) => expectAsInLibrary(files));
});

const service = (key: string): Files => ({
  [`${key}/models/user.js`]: `module.exports = (sequelize, DataTypes) => sequelize.define('User', { ${key}: { type: DataTypes.INTEGER, primaryKey: true } });`,
  [`${key}/models/post.js`]: `module.exports = (sequelize, DataTypes) => { const Post = sequelize.define('Post', {});
    Post.associate = (models) => { Post.belongsTo(models.User); }; return Post; };`,
});

const inNest = (options: string): Files => ({
  'module.ts': `import { SequelizeModule } from '@nestjs/sequelize'; export const db = ${options};`,
  'user.ts': `import { Column, Model, Table } from 'sequelize-typescript'; @Table export class User extends Model { @Column firstName: string; }`,
});

describe('what the library does not tell in this form', () => {
  it('types, lists and what hides', () => {
    const { columns, virtuals, defaultScope, seenAt } = defined(
      `{ id: { type: DataTypes.BIGINT.UNSIGNED, primaryKey: true }, a: DataTypes.STRING(20).BINARY, b: new DataTypes.DECIMAL(10, 2),
         c: { type: DataTypes.ARRAY(DataTypes.UUID) }, d: Sequelize.DATEONLY, e: DataTypes.DATE(6), f: DataTypes.JSONB, g: DataTypes.BLOB('long'),
         h: DataTypes.ENUM('x', 'y'), i: { type: 'timestamptz' }, j: { type: Sequelize.DataTypes.DOUBLE }, k: DataTypes.GEOMETRY('POINT'),
         l: { type: Money }, m: { type: DataTypes.BOOLEAN, allowNull: process.env.X }, secret: { type: DataTypes.TEXT, get() { return 1; } } }`,
      `{ timestamps: false, defaultScope: { attributes: { exclude: ['secret'] }, where: { m: true } } }); const Money = DataTypes.NUMERIC; (0`,
    );
    expect(
      columns.map(({ name, type, isList, isNullable }) => `${name} ${type} ${isList} ${isNullable}`),
    ).toEqual([
      'id bigint false false',
      'a string false true',
      'b decimal false true',
      'c uuid true true',
      'd string false true',
      'e date false true',
      'f json false true',
      'g bytes false true',
      'h enum false true',
      'i date false true',
      'j float false true',
      'k unknown false true',
      'l decimal false true',
      'm boolean false undefined',
      'secret string false true',
    ]);
    expect(columns[1]?.written).toBe('DataTypes.STRING(20).BINARY');
    expect(columns.filter(({ isHidden }) => isHidden).map(({ name }) => name)).toEqual(['secret']);
    expect(virtuals).toEqual(['secret']);
    expect(defaultScope).toBe(`{ attributes: { exclude: ['secret'] }, where: { m: true } }`);
    expect(seenAt).toEqual({ path: `${FOLDER}/main.js`, line: 3 });
  });

  it('a default scope that names what it shows, and one that is added later', () => {
    const named = defined(
      '{ a: DataTypes.STRING, b: DataTypes.STRING }',
      `{ defaultScope: { attributes: ['id', 'a'] } }`,
    );
    expect(named.columns.filter(({ isHidden }) => isHidden).map(({ name }) => name)).toEqual([
      'b',
      'createdAt',
      'updatedAt',
    ]);
    const later = modelIn(
      alone(`const User = sequelize.define('User', {}, { defaultScope: {} });
      User.addScope('defaultScope', { order: [['id', 'ASC']] }, { override: true });
      User.addScope('other', { where: { a: 1 } });`),
      'User',
    );
    expect(later.defaultScope).toBe(`{ order: [['id', 'ASC']] }`);
    expect(defined('{}', '{ defaultScope: {} }').defaultScope).toBeUndefined();
  });

  it('indexes of parts of the rows, of expressions and of words are none of whole columns', () => {
    const model = defined(
      '{ a: DataTypes.STRING, b: DataTypes.JSONB }',
      `{ indexes: [
        { unique: true, fields: ['a'], where: { b: 1 } },
        { unique: true, fields: [Sequelize.fn('lower', Sequelize.col('a'))] },
        { fields: ['b'], using: 'gin' },
        { fields: ['a', 'b'], using: 'BTREE' } ] }`,
    );
    expect(model).toMatchObject({ uniques: [], indexes: [['a', 'b']], unread: [] });
  });

  it('the other side of each relation', () => {
    const files = alone(`${USER_AND_POST}
      const Tag = sequelize.define('Tag', {});
      Post.belongsTo(User, { as: 'author', foreignKey: 'authorId' });
      Post.belongsTo(User, { as: 'editor', foreignKey: 'editorId' });
      User.hasMany(Post, { as: 'written', foreignKey: 'authorId' });
      User.hasMany(Post, { as: 'edited', foreignKey: 'editorId' });
      User.hasMany(Post, { as: 'drafts', foreignKey: 'editorId', scope: { isDraft: true } });
      User.hasOne(Post, { as: 'pinned', foreignKey: 'pinnerId' });
      Post.belongsToMany(Tag, { through: 'PostTags' });
      Tag.belongsToMany(Post, { through: 'PostTags' });
      Tag.belongsTo(Tag, { as: 'parent', foreignKey: 'parentId' });
      Tag.hasMany(Tag, { as: 'children', foreignKey: 'parentId' });`);
    expect(relationsOf(modelIn(files, 'User'))).toEqual([
      'written: many Post id=authorId <> author',
      'edited: many Post id=editorId <> editor',
      'drafts: many Post id=editorId <> editor filtered',
      'pinned: one Post id=pinnerId',
    ]);
    expect(relationsOf(modelIn(files, 'Post'))).toEqual([
      'author: one User authorId=id <> written',
      'editor: one User editorId=id <> edited',
      'Tags: many Tag id=id through PostTags <> Posts',
    ]);
    expect(relationsOf(modelIn(files, 'Tag'))).toEqual([
      'parent: one Tag parentId=id <> children',
      'children: many Tag id=parentId <> parent',
      'Posts: many Post id=id through PostTags <> Tags',
    ]);
    expect(modelIn(files, 'PostTags')).toMatchObject({ table: 'PostTags', primaryKey: ['PostId', 'TagId'] });
  });

  it('relations that every query loads', () => {
    const post = modelIn(
      alone(`const User = sequelize.define('User', {}); const Tag = sequelize.define('Tag', {}); const File = sequelize.define('File', {});
        const Post = sequelize.define('Post', {}, { defaultScope: { include: [User, { model: Tag, as: 'tags' }] } });
        Post.belongsTo(User); Post.hasMany(Tag, { as: 'tags' }); Post.hasMany(File);`),
      'Post',
    );
    expect(post.relations.map(({ name, isEager }) => `${name} ${isEager}`)).toEqual([
      'User true',
      'tags true',
      'Files false',
    ]);
  });

  it('hooks of the connection run for every model', () => {
    const models = read(
      alone(
        `sequelize.define('User', {}, { hooks: { beforeSave() {} } }); sequelize.define('Post', {});
         for (const hook of ['beforeCount', 'afterConnect']) sequelize.addHook(hook, () => {});
         sequelize.beforeBulkCreate(() => {});`,
        `{ hooks: { afterFind() {}, beforeConnect() {} } }`,
      ),
    );
    expect(models.map(({ hooks }) => hooks)).toEqual([
      ['beforeSave', 'afterFind', 'beforeCount', 'beforeBulkCreate'],
      ['afterFind', 'beforeCount', 'beforeBulkCreate'],
    ]);
  });

  it('models that an index file collects from its folder', () => {
    const files: Files = {
      'models/index.js': `const fs = require('fs'); const path = require('path'); const { Sequelize, DataTypes } = require('sequelize');
        const db = {};
        const sequelize = new Sequelize(process.env.DATABASE_URL);
        fs.readdirSync(__dirname).forEach((file) => { const model = require(path.join(__dirname, file))(sequelize, DataTypes); db[model.name] = model; });
        Object.keys(db).forEach((name) => db[name].associate?.(db));
        module.exports = db;`,
      'models/user.js': `module.exports = (sequelize, DataTypes) => sequelize.define('User', { name: DataTypes.STRING });`,
      'models/post.js': `module.exports = (sequelize, DataTypes) => sequelize.define('Post', {});`,
      'relations.js': `const { User } = require('./models'); const db = require('./models'); User.hasMany(db.Post); db['Post'].belongsTo(User);`,
      'relations.ts': `import { Post } from './models'; import db from './models'; Post.hasMany(db.User, { as: 'readers' });`,
      'elsewhere.ts': `import { User } from 'other-models'; import { Post } from './models'; Post.belongsTo(User, { as: 'stranger' });`,
    };
    expect(relationsOf(modelIn(files, 'User'))).toEqual(['Posts: many Post id=UserId <> User']);
    expect(relationsOf(modelIn(files, 'Post'))).toEqual([
      'User: one User UserId=id <> Posts',
      'readers: many User id=PostId',
    ]);
    expect(modelIn(files, 'Post').unread).toEqual(['the relation to `User`, which is not found']);
  });

  it('models of one name belong to the files that are nearest', () => {
    const models = read({ ...service('a'), ...service('b') });
    expect(models.filter(({ name }) => name === 'Post').flatMap(relationsOf)).toEqual([
      'User: one User UserA=a',
      'User: one User UserB=b',
    ]);
  });

  it('classes that a type names', () => {
    const files: Files = {
      'user.ts': `import { Model, DataTypes } from 'sequelize'; export class User extends Model {}
        export const make = (sequelize: never) => User.init({ name: DataTypes.STRING }, { sequelize });`,
      'post.ts': `import { Model, DataTypes } from 'sequelize'; import type { User } from './user';
        export class Post extends Model { static associate(Writer: typeof User) { Post.belongsTo(Writer); } }
        export const make = (sequelize: never) => Post.init({ name: DataTypes.STRING }, { sequelize });`,
    };
    expect(relationsOf(modelIn(files, 'Post'))).toEqual(['User: one User UserId=id']);
  });

  it('options of a module of Nest', () => {
    const columnsOf = (options: string): readonly string[] =>
      modelIn(inNest(options), 'User').columns.map(({ column }) => column);
    const underscored = ['id', 'first_name', 'created_at', 'updated_at'];
    expect(columnsOf(`SequelizeModule.forRoot({ define: { underscored: true } })`)).toEqual(underscored);
    expect(
      columnsOf(
        `SequelizeModule.forRootAsync({ useFactory: () => ({ host: 'x', define: { underscored: true } }) })`,
      ),
    ).toEqual(underscored);
    expect(modelIn(inNest(`SequelizeModule.forRootAsync({ useClass: Config })`), 'User').unread).toEqual([
      'options of its connection, made in line 1 of module.ts',
    ]);
  });

  it('nothing is read where the library is not used, or what is defined is no model', () => {
    expect(
      read({
        'main.js': `customElements.define('a-b', {}); User.hasMany(Post); app.define('x', { a: A.STRING });`,
      }),
    ).toEqual([]);
    expect(
      read(alone(`factory.define('User', { name: () => 'x' }); customElements.define('x-y', class {});`)),
    ).toEqual([]);
  });
});

const toUnreadUser = (foreignKey: string): Files =>
  alone(`const User = sequelize.define('User', { ...shared }); const Post = sequelize.define('Post', {});
    Post.belongsTo(User, { ${foreignKey} });`);

const connectedBy = (connection: string): Files => ({
  'main.js': `const { Sequelize, DataTypes } = require('sequelize'); const config = require('./config.json');
    ${connection} sequelize.define('User', {});`,
});

describe('what cannot be read is told', () => {
  it.each<[what: string, declared: string, unread: readonly string[]]>([
    [
      'columns from elsewhere',
      `define('User', { ...shared, a: DataTypes.STRING })`,
      ['columns from `...shared`'],
    ],
    [
      'all columns from elsewhere',
      `define('User', columns(DataTypes), {})`,
      ['columns from `columns(DataTypes)`'],
    ],
    [
      'computed names',
      `define('User', { [name()]: DataTypes.STRING })`,
      ['columns from the computed name `[name()]`'],
    ],
    [
      'a part of a column',
      `define('User', { a: { ...text, type: DataTypes.STRING } })`,
      ['columns: `a`, in part from `...text`'],
    ],
    [
      'a field',
      `define('User', { a: { type: DataTypes.STRING, field: field() } })`,
      ['the name of the column `a` in the database'],
    ],
    [
      'a unique',
      `define('User', { a: { type: DataTypes.STRING, unique: isUnique } })`,
      ['whether the column `a` is unique'],
    ],
    [
      'a primary key',
      `define('User', { a: { type: DataTypes.STRING, primaryKey: isKey } })`,
      ['columns of the primary key: whether `a` is one'],
    ],
    ['options', `define('User', {}, options)`, ['options from `options`']],
    [
      'a part of the options',
      `define('User', {}, { ...base, paranoid: isSoft, tableName: name() })`,
      ['options from `...base`', 'the option `tableName`', 'the option `paranoid`'],
    ],
    [
      'options that are added later',
      `define('User', {}, late); const late = {}; late.paranoid = true`,
      ['options from what is added to `late`'],
    ],
    ['indexes', `define('User', {}, { indexes })`, ['the option `indexes`']],
    [
      'an index',
      `define('User', {}, { indexes: [index, { fields: ['a'], unique: isUnique }] })`,
      ['the index `index`', 'whether the index of `a` is unique'],
    ],
    ['hooks', `define('User', {}, { hooks })`, ['the option `hooks`']],
    ['hooks of computed names', `define('User', {}).addHook(name, fn)`, ['a hook of a computed name']],
    [
      'a hook of who knows what',
      `define('User', {}); models.forEach((model) => model.addHook('afterFind', fn))`,
      ['a hook of a model that is not found, in line 3 of main.js'],
    ],
    [
      'a hook that changes declarations',
      `define('User', {}); sequelize.addHook('beforeDefine', fn)`,
      ['columns and options that a hook may change, in line 3 of main.js'],
    ],
    [
      'what a default scope leaves out',
      `define('User', {}, { defaultScope: { attributes: { exclude: hidden } } })`,
      ['which columns the default scope leaves out'],
    ],
    [
      'the other model',
      `define('User', {}).hasMany(models.Nobody)`,
      ['the relation to `models.Nobody`, which is not found'],
    ],
    [
      'the one model',
      `define('User', {}); nobody.hasMany(sequelize.models.User)`,
      ['a relation that `nobody` has to it, which is not found'],
    ],
    [
      'options of a relation',
      `define('User', {}).hasMany(sequelize.models.User, options)`,
      ['the relation `hasMany(sequelize.models.User)`: its options'],
    ],
    [
      'the key of a relation',
      `define('User', {}).hasMany(sequelize.models.User, { foreignKey: key() })`,
      ['the relation `hasMany(sequelize.models.User)`: its keys'],
    ],
    [
      'the alias of a relation',
      `define('User', {}).hasMany(sequelize.models.User, { foreignKey: 'a', as: alias() })`,
      ['the relation `hasMany(sequelize.models.User)`: its alias'],
    ],
    [
      'a key that is no column',
      `define('User', {}).hasMany(sequelize.models.User, { foreignKey: 'a', sourceKey: 'b' })`,
      ['the relation `hasMany(sequelize.models.User)`: its keys are no columns'],
    ],
    [
      'a join table',
      `define('User', {}).belongsToMany(sequelize.models.User, { as: 'a', through: table })`,
      ['the relation `belongsToMany(sequelize.models.User)`: its join table'],
    ],
    [
      'a condition',
      `define('User', {}); if (isOn) sequelize.models.User.hasMany(sequelize.models.User)`,
      ['the relation `hasMany(sequelize.models.User)`: the condition that it is set up on'],
    ],
  ])('%s', (_, declared, unread) => {
    const models = read({
      'main.js': `const { Sequelize, DataTypes } = require('sequelize');
        const sequelize = new Sequelize('postgres://x');
        sequelize.${declared};`,
    });
    expect(models[0]).toMatchObject({ name: 'User', unread, relations: [] });
  });

  it('a default key is none where the primary key is not known', () => {
    expect(modelIn(toUnreadUser(''), 'Post')).toMatchObject({
      relations: [],
      unread: ['the relation `belongsTo(User)`: its keys'],
    });
    expect(relationsOf(modelIn(toUnreadUser(`foreignKey: 'userId', targetKey: 'uuid'`), 'Post'))).toEqual([
      'User: one User userId=uuid',
    ]);
    expect(modelIn(toUnreadUser(''), 'User')).toMatchObject({ primaryKey: [] });
  });

  it('options of the connection that are elsewhere', () => {
    const unread = ['options of its connection, made in line 2 of main.js'];
    expect(
      read(
        connectedBy(
          `const sequelize = new Sequelize(config.database, config.user, config.password, config);`,
        ),
      ),
    ).toMatchObject([{ unread }]);
    expect(
      read(connectedBy(`const sequelize = new Sequelize(config.url, { define: config.define });`)),
    ).toMatchObject([{ unread }]);
    expect(
      read(connectedBy(`const sequelize = new Sequelize(config.database, 'a', 'b', { host: config.host });`)),
    ).toMatchObject([{ unread: [] }]);
    expect(
      read(connectedBy(`new Sequelize('a', { define: { paranoid: true } }); new Sequelize('b');`)),
    ).toMatchObject([
      {
        unread: ['options of its connection: there are several, and which one it belongs to is not known'],
        softDelete: undefined,
      },
    ]);
  });

  it('a relation of one name that is declared in two files', () => {
    const files: Files = {
      ...alone(`${USER_AND_POST} Object.assign(exports, { User, Post });`),
      'a.js': `const { User, Post } = require('./main'); User.hasMany(Post);`,
      'b.js': `const { User, Post } = require('./main'); User.hasMany(Post, { foreignKey: 'b' });`,
    };
    expect(modelIn(files, 'User')).toMatchObject({
      relations: [],
      unread: ['the relation `Posts`, which is declared twice'],
    });
  });

  it('whether a key may be null, where two files differ', () => {
    const files: Files = {
      ...alone(`${USER_AND_POST} exports.User = User; exports.Post = Post;`),
      'a.js': `const { User, Post } = require('./main'); User.hasMany(Post, { foreignKey: 'userId' });`,
      'b.js': `const { User, Post } = require('./main'); Post.belongsTo(User, { foreignKey: { name: 'userId', allowNull: false } });`,
    };
    const column = modelIn(files, 'Post').columns.find(({ name }) => name === 'userId');
    expect(column).toMatchObject({ name: 'userId', isNullable: undefined });
  });

  it('keys that a class above a model may add', () => {
    const files: Files = {
      'base.js': `const { Model } = require('sequelize');
        module.exports = class Base extends Model { static init(columns, options) { return super.init({ ...columns, ...more }, options); } };`,
      'user.js': `const { DataTypes } = require('sequelize'); const Base = require('./base'); class User extends Base {}
        module.exports = (sequelize) => User.init({ name: DataTypes.STRING }, { sequelize });`,
    };
    expect(read(files)).toMatchObject([
      { name: 'User', unread: ['columns that `init` of a class above it may add'] },
    ]);
  });
});
