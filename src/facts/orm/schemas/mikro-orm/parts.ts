/** What classes and schemas declare by themselves, each read once. */

import { ts } from 'ts-morph';
import type { ColumnType, DeleteRule } from '../../schema.ts';
import type { RelationKind } from '../entity-parts.ts';
import { baseOf } from '../nodes.ts';
import type { Target } from '../relation-targets.ts';
import type { UNREAD, Values } from '../values.ts';
import { isSchemaNode } from './filters.ts';
import { readBase, readClassDecorators, readMember } from './members.ts';
import { readSchema } from './schema-members.ts';

/** What one class, or one schema, declares by itself. */
export interface Part {
  readonly name: string;
  readonly node: ts.Node;
  /** The class of a schema. */
  target: ts.Node | undefined;
  base: Part | undefined;
  readonly properties: Declared[];
  readonly uniques: (readonly string[])[];
  readonly indexes: (readonly string[])[];
  readonly hooks: string[];
  readonly virtuals: string[];
  readonly filters: Filter[];
  readonly unread: string[];
}

/** What a property of an entity is. */
export type Kind = 'scalar' | 'embedded' | RelationKind;

/** A property as it is declared. */
export interface Declared {
  readonly property: string;
  readonly kind: Kind;
  /** The names of its columns in the database, where they are given. */
  readonly fields: readonly string[] | undefined | typeof UNREAD;
  readonly isPrimary: boolean;
  readonly isNullable: boolean | undefined;
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
  readonly isLazyScalar: boolean;
  readonly isStored: boolean;
  /** Of something embedded: what it is, and how. */
  readonly embedded: Embedded | undefined;
  readonly relation: DeclaredRelation | undefined;
  readonly doubt: string | undefined;
}

/** What a property embeds: https://mikro-orm.io/docs/6.6/embeddables */
export interface Embedded {
  readonly part: Part;
  readonly prefix: string | boolean;
  readonly isRelative: boolean;
}

/** A relation as it is declared, before the other side is looked up. */
export interface DeclaredRelation {
  readonly target: Target | undefined;
  /** The property on the other side that holds the key, and that is held by this side. */
  readonly mappedBy: string | undefined;
  readonly inversedBy: string | undefined;
  readonly isOwner: boolean;
  readonly isEager: boolean;
  readonly isFiltered: boolean;
  /** Whether the property is the key itself, and no entity. */
  readonly isKey: boolean;
  readonly onDelete: DeleteRule['rule'] | undefined;
  readonly referenced: readonly string[] | undefined;
  readonly pivotTable: string | undefined;
  readonly pivotEntity: Target | undefined | typeof UNREAD;
}

/** A condition that queries get where nobody says otherwise. */
export interface Filter {
  readonly name: string;
  readonly text: string;
  /** The property that it wants to be null, where it wants nothing else. */
  readonly nullProperty: string | undefined;
}

/** Reads what classes and schemas declare by themselves, each once. */
export class Parts {
  readonly values: Values;
  /** Whether the types of properties are read from the sources, so that `name?: string` may be null. */
  readonly isFromSources: boolean;
  private readonly known = new Map<ts.Node, Part>();

  constructor(values: Values, isFromSources: boolean) {
    this.values = values;
    this.isFromSources = isFromSources;
  }

  ofClass(node: ts.ClassLikeDeclaration): Part {
    return this.once(node, node.name?.text ?? 'default', (part) => {
      readBase(baseOf(node), part, this);
      readClassDecorators(node, part, this.values);
      for (const member of node.members) readMember(member, part, this);
    });
  }

  ofSchema(node: ts.NewExpression | ts.CallExpression): Part {
    return this.once(node, 'default', (part) =>
      readSchema(this.values.optionsOf(node.arguments?.[0]), part, this),
    );
  }

  /** The part that a class or a schema stands for. */
  of(node: ts.Node): Part | undefined {
    if (ts.isClassLike(node)) return this.ofClass(node);
    return isSchemaNode(node, this.values) ? this.ofSchema(node) : undefined;
  }

  /** What extends or embeds itself is found half read. */
  private once(node: ts.Node, name: string, read: (part: Part) => void): Part {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const part: Part = {
      name,
      node,
      target: undefined,
      base: undefined,
      properties: [],
      uniques: [],
      indexes: [],
      hooks: [],
      virtuals: [],
      filters: [],
      unread: [],
    };
    this.known.set(node, part);
    read(part);
    return part;
  }
}
