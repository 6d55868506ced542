/** What classes and schemas declare by themselves, each read once. */

import { ts } from 'ts-morph';
import type { Column, DeleteRule } from '../../schema.ts';
import { lineageOf, type RelationKind } from '../entity-parts.ts';
import type { Target } from '../relation-targets.ts';
import type { Values } from '../values.ts';
import { readBase, readClassDecorators, readMember } from './members.ts';
import { readSchema } from './schema-members.ts';

/** What one class, or one schema, declares by itself: an entity, a class that entities extend, or one that is embedded. */
export interface Part {
  readonly name: string;
  /** The class, or the `new EntitySchema(…)`. */
  readonly node: ts.Node;
  /** The class of a schema that has one. */
  target: ts.Node | undefined;
  base: Part | undefined;
  readonly columns: DeclaredColumn[];
  readonly embeddeds: Embedded[];
  readonly relations: DeclaredRelation[];
  /** Paths of properties. */
  readonly uniques: (readonly string[])[];
  readonly indexes: (readonly string[])[];
  readonly hooks: string[];
  readonly virtuals: string[];
  readonly unread: string[];
}

/** A column as it is declared, before what embeds or inherits it is known. */
export interface DeclaredColumn extends Pick<
  Column,
  'type' | 'written' | 'isNullable' | 'isList' | 'isHidden'
> {
  readonly property: string;
  /** Its name in the database, where it is given; `unknown` where it is given but cannot be read. */
  readonly name: string | undefined;
  readonly isNameUnread: boolean;
  readonly isPrimary: boolean;
  readonly isDeleteDate: boolean;
  /** Whether a transformer makes its values in JavaScript, so that the type does not tell how they look. */
  readonly isTransformed: boolean;
}

/** A property that holds an embedded class: https://typeorm.io/docs/entity/embedded-entities */
interface Embedded {
  readonly property: string;
  /** What the names of its columns begin with; undefined for the property, empty for nothing. */
  readonly prefix: string | undefined;
  readonly part: Part;
}

/** A column that holds a key of a relation, as far as it is named: https://typeorm.io/docs/relations/relations#joincolumn-options */
export interface JoinColumn {
  readonly name: string | undefined;
  readonly referenced: string | undefined;
}

/** A table between two others, as far as it is named: https://typeorm.io/docs/relations/many-to-many-relations */
export interface JoinTable {
  readonly name: string | undefined;
  readonly columns: readonly JoinColumn[];
  readonly inverseColumns: readonly JoinColumn[];
}

/** A relation as it is declared, before the other side is looked up. */
export interface DeclaredRelation {
  readonly property: string;
  readonly kind: RelationKind;
  readonly target: Target | undefined;
  /** The path of the other side, where it is given. */
  readonly inverse: string | undefined;
  readonly tree: 'parent' | 'children' | undefined;
  readonly isEager: boolean;
  readonly isLazy: boolean;
  readonly isOptional: boolean;
  readonly isPrimary: boolean;
  readonly onDelete: DeleteRule['rule'] | undefined;
  readonly joinColumns: readonly JoinColumn[];
  readonly joinTable: JoinTable | undefined;
  /** What of it could not be read, so that its keys are not certain. */
  readonly doubt: string | undefined;
}

/** Reads what classes and schemas declare by themselves, each once. */
export class Parts {
  readonly values: Values;
  private readonly known = new Map<ts.Node, Part>();
  private readonly embedded = new Set<Part>();

  constructor(values: Values) {
    this.values = values;
  }

  ofClass(node: ts.ClassLikeDeclaration): Part {
    return this.once(node, (part) => {
      readBase(node, part, this);
      readClassDecorators(node, part, this.values);
      for (const member of node.members) readMember(member, part, this);
    });
  }

  ofSchema(node: ts.NewExpression): Part {
    return this.once(node, (part) => readSchema(this.values.optionsOf(node.arguments?.[0]), part, this));
  }

  /** The class or schema that something embedded is of, as it is given or as a function gives it. */
  embeddedBy(type: ts.Expression | undefined, values: Values): Part | undefined {
    const meaning = type && values.givenBy(type);
    if (meaning === undefined || !('node' in meaning)) return undefined;
    const { node } = meaning;
    const part = ts.isClassLike(node)
      ? this.ofClass(node)
      : ts.isNewExpression(node)
        ? this.ofSchema(node)
        : undefined;
    if (part !== undefined) this.embedded.add(part);
    return part;
  }

  /** Whether it is a schema of what others embed: an entity has a primary key. */
  isOnlyEmbedded(part: Part): boolean {
    return (
      this.embedded.has(part) &&
      !lineageOf(part).some(({ columns }) => columns.some(({ isPrimary }) => isPrimary))
    );
  }

  /** What extends or embeds itself is found half read. */
  private once(node: ts.ClassLikeDeclaration | ts.NewExpression, read: (part: Part) => void): Part {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const part: Part = {
      name: (ts.isClassLike(node) ? node.name?.text : undefined) ?? 'default',
      node,
      target: undefined,
      base: undefined,
      columns: [],
      embeddeds: [],
      relations: [],
      uniques: [],
      indexes: [],
      hooks: [],
      virtuals: [],
      unread: [],
    };
    this.known.set(node, part);
    read(part);
    return part;
  }
}
