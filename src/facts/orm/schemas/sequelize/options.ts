/** Reads the options of models and of connections. */

import { pluralize, singularize } from 'inflection';
import { ts } from 'ts-morph';
import { siteOf } from '../nodes.ts';
import {
  NO_MEMBERS,
  UNKNOWN,
  type Members,
  type MemberValue,
  type WrittenValues,
} from '../written-values.ts';
import { indexesOf, type Index } from './indexes.ts';
import { HOOK, type Sites } from './sites.ts';

/** What the options of a model say; those of the connection are in them. */
export interface Options {
  readonly table: string | undefined;
  readonly isTableFrozen: boolean;
  readonly isUnderscored: boolean;
  readonly hasTimestamps: boolean;
  /** The names of the columns; undefined where there is none. */
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly deletedAt: string | undefined;
  readonly isParanoid: boolean;
  readonly version: string | undefined;
  readonly singular: string;
  readonly plural: string;
  readonly hooks: readonly string[];
  readonly defaultScope: ts.Expression | undefined;
  readonly indexes: readonly Index[];
  readonly getters: readonly string[];
  readonly unread: readonly string[];
}

/** What a connection says of all its models. */
interface Defaults {
  readonly members: ReadonlyMap<string, MemberValue>;
  readonly hooks: readonly string[];
  readonly unread: readonly string[];
}

const NO_DEFAULTS: Defaults = { members: new Map(), hooks: [], unread: [] };

/** The connections of the project, and what they say of their models. */
export class Connections {
  private readonly values: WrittenValues;
  private readonly defaults = new Map<ts.Node, Defaults>();

  constructor(found: Sites, values: WrittenValues) {
    this.values = values;
    for (const node of found.connections) this.defaults.set(node, this.read(node));
  }

  /** What holds for a model that is declared with the connection: that one where it is found, else what all say. */
  of(connection: ts.Node | undefined): Defaults {
    const own = connection === undefined ? undefined : this.defaults.get(this.values.follow(connection));
    if (own !== undefined) return own;
    const [first = NO_DEFAULTS, ...rest] = this.defaults.values();
    if (rest.every((other) => sameDefaults(first, other))) return first;
    return {
      ...NO_DEFAULTS,
      unread: ['options of its connection: there are several, and which one it belongs to is not known'],
    };
  }

  private read(node: ts.NewExpression | ts.CallExpression): Defaults {
    const last = node.arguments?.at(-1);
    if (last === undefined || typeof this.values.text(last) === 'string') return NO_DEFAULTS;
    const { path, line } = siteOf(node);
    const unread = `options of its connection, made in line ${line} of ${path.slice(path.lastIndexOf('/') + 1)}`;
    const whole = this.values.members(last);
    if (whole === undefined) {
      // `new Sequelize(process.env.DATABASE_URL)`
      return node.arguments?.length === 1 && /\b(?:ur[il]|\w*_UR[IL])\b/i.test(last.getText())
        ? NO_DEFAULTS
        : { ...NO_DEFAULTS, unread: [unread] };
    }
    const options = this.fromFactory(whole) ?? whole;
    const define = options.of.get('define');
    const members = define === undefined ? NO_MEMBERS : this.values.members(define);
    const hooks = options.of.get('hooks');
    const hooked = hooks === undefined ? NO_MEMBERS : this.values.members(hooks);
    const isRead =
      options.unread.length + (members?.unread.length ?? 1) + (hooked?.unread.length ?? 1) === 0 &&
      !options.of.has('useClass');
    return {
      members: members?.of ?? new Map(),
      hooks: [...(hooked?.of.keys() ?? [])].filter((one) => HOOK.test(one)),
      unread: isRead ? [] : [unread],
    };
  }

  /** The options that `useFactory` gives. */
  private fromFactory({ of }: Members): Members | undefined {
    const factory = of.get('useFactory');
    const made = factory === undefined ? undefined : this.values.function(factory);
    const given = made === undefined ? undefined : this.values.result(made);
    if (factory === undefined) return undefined;
    return (
      (given === undefined ? undefined : this.values.members(given)) ?? {
        ...NO_MEMBERS,
        unread: ['the options that a factory gives'],
      }
    );
  }
}

function sameDefaults(one: Defaults, other: Defaults): boolean {
  const asText = ({ members, hooks, unread }: Defaults): string =>
    JSON.stringify([[...members].map(([name, value]) => [name, value.getText()]), hooks, unread]);
  return asText(one) === asText(other);
}

/** Reads one option after the other, and notes those that cannot be read. */
class OptionReader {
  readonly unread: string[] = [];
  private readonly values: WrittenValues;
  private readonly own: ReadonlyMap<string, MemberValue>;
  private readonly defaults: ReadonlyMap<string, MemberValue>;

  constructor(values: WrittenValues, own: Members, defaults: Defaults) {
    this.values = values;
    this.own = own.of;
    this.defaults = defaults.members;
    this.unread.push(...own.unread.map((one) => `options from ${one}`), ...defaults.unread);
  }

  node(name: string): MemberValue | undefined {
    return this.own.get(name) ?? this.defaults.get(name);
  }

  nodes(name: string): readonly MemberValue[] {
    return [this.own.get(name), this.defaults.get(name)].filter((one) => one !== undefined);
  }

  flag(name: string, otherwise: boolean): boolean {
    const flag = this.values.flag(this.node(name));
    if (flag === UNKNOWN) this.unread.push(`the option \`${name}\``);
    return typeof flag === 'boolean' ? flag : otherwise;
  }

  text(name: string): string | undefined {
    const text = this.values.text(this.node(name));
    if (text === UNKNOWN) this.unread.push(`the option \`${name}\``);
    return typeof text === 'string' ? text : undefined;
  }

  /** The name of a column that an option can rename, or switch off. */
  column(name: string, otherwise: string | undefined): string | undefined {
    const node = this.node(name);
    const flag = this.values.flag(node);
    if (typeof flag === 'boolean') return flag ? (otherwise ?? name) : undefined;
    return this.text(name) ?? otherwise;
  }

  members(name: string): Members {
    const found = this.nodes(name).map((one) => this.values.members(one));
    if (found.includes(undefined)) this.unread.push(`the option \`${name}\``);
    const of = new Map(found.toReversed().flatMap((one) => [...(one?.of ?? [])]));
    const unread = found.flatMap((one) => one?.unread ?? []);
    this.unread.push(...unread.map((one) => `${name} from ${one}`));
    return { of, unread };
  }
}

/** Reads the options of a model called `name`: its own, before those of its connection. */
export function optionsOf(name: string, own: Members, defaults: Defaults, values: WrittenValues): Options {
  const reader = new OptionReader(values, own, defaults);
  const names = reader.members('name').of;
  const scope = reader.node('defaultScope');
  const singular = values.text(names.get('singular'));
  const plural = values.text(names.get('plural'));
  if (singular === UNKNOWN || plural === UNKNOWN) reader.unread.push('the option `name`');
  return {
    table: reader.text('tableName'),
    isTableFrozen: reader.flag('freezeTableName', false),
    isUnderscored: reader.flag('underscored', false),
    hasTimestamps: reader.flag('timestamps', true),
    createdAt: reader.column('createdAt', 'createdAt'),
    updatedAt: reader.column('updatedAt', 'updatedAt'),
    deletedAt: reader.column('deletedAt', 'deletedAt'),
    isParanoid: reader.flag('paranoid', false),
    version: reader.column('version', undefined),
    singular: typeof singular === 'string' ? singular : singularize(name),
    plural: typeof plural === 'string' ? plural : pluralize(name),
    hooks: [...new Set([...reader.members('hooks').of.keys(), ...defaults.hooks])],
    defaultScope: scope !== undefined && ts.isExpression(scope) ? scope : undefined,
    indexes: reader.nodes('indexes').flatMap((one) => indexesOf(one, values, reader.unread)),
    getters: [...reader.members('getterMethods').of.keys()],
    unread: reader.unread,
  };
}
