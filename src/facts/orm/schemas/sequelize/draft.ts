import { pluralize, underscore } from 'inflection';
import type { ts } from 'ts-morph';
import type { Site } from '../../../../evidence.ts';
import type { DeleteRule } from '../../schema.ts';
import { blankAttribute, COLUMNS, type Attribute } from './attributes.ts';
import type { Options } from './options.ts';

/** A model while it is put together. */
export class Draft {
  readonly name: string;
  readonly site: Site;
  readonly options: Options;
  /** The class, where it is one. */
  readonly declaredBy: ts.ClassLikeDeclaration | undefined;
  readonly attributes = new Map<string, Attribute>();
  readonly hooks: Set<string>;
  readonly unread: Set<string>;
  readonly virtuals = new Set<string>();
  readonly deleteRules: DeleteRule[] = [];
  defaultScope: ts.Expression | undefined;

  constructor(
    name: string,
    site: Site,
    options: Options,
    own: ReadonlyMap<string, Attribute>,
    declaredBy?: ts.ClassLikeDeclaration,
  ) {
    this.name = name;
    this.site = site;
    this.options = options;
    this.declaredBy = declaredBy;
    this.hooks = new Set(options.hooks);
    this.unread = new Set(options.unread);
    this.defaultScope = options.defaultScope;
    for (const getter of options.getters) this.virtuals.add(getter);
    this.fill(own);
  }

  get table(): string {
    const { table, isTableFrozen, isUnderscored } = this.options;
    if (table !== undefined) return table;
    if (isTableFrozen) return this.name;
    return isUnderscored ? underscore(pluralize(this.name)) : pluralize(this.name);
  }

  /** The first attribute of its primary key; undefined where that is not certain. */
  get primaryKey(): string | undefined {
    return [...this.attributes.values()].find(({ isPrimaryKey }) => isPrimaryKey)?.name;
  }

  columnOf({ name, field }: Attribute): string {
    return field ?? (this.options.isUnderscored ? underscore(name) : name);
  }

  set(attribute: Attribute): void {
    this.attributes.set(attribute.name, attribute);
  }

  /** Takes in the attributes of its own, `id` before them and the times of changes after them. */
  private fill(own: ReadonlyMap<string, Attribute>): void {
    const { createdAt, updatedAt, deletedAt, version, hasTimestamps, isParanoid } = this.options;
    const hasKey = [...own.values()].some(({ isPrimaryKey }) => isPrimaryKey);
    if (!hasKey && !this.hasUnreadAttributes && !own.has('id')) this.set(generatedKey());
    for (const attribute of own.values()) this.set(attribute);
    const times = hasTimestamps ? [createdAt, updatedAt, isParanoid ? deletedAt : undefined] : [];
    for (const [at, name] of times.entries()) {
      if (name !== undefined && !this.attributes.has(name)) this.set(timeAttribute(name, at === 2));
    }
    if (version !== undefined && !this.attributes.has(version))
      this.set({
        ...blankAttribute(version),
        type: 'integer',
        written: 'DataTypes.INTEGER',
        allowsNull: false,
      });
  }

  /** Whether there may be attributes that were not read. */
  get hasUnreadAttributes(): boolean {
    return [...this.unread].some((one) => one.startsWith(COLUMNS));
  }
}

const generatedKey = (): Attribute => ({
  ...blankAttribute('id'),
  type: 'integer',
  written: 'DataTypes.INTEGER',
  allowsNull: false,
  isPrimaryKey: true,
  isGenerated: true,
});

const timeAttribute = (name: string, isOfDeletion: boolean): Attribute => ({
  ...blankAttribute(name),
  type: 'date',
  written: 'DataTypes.DATE',
  allowsNull: isOfDeletion,
});
