/** Which decorators are those of MikroORM. */

import type { DecoratorFamily } from '../package-decorators.ts';

/** Whether a name is that of a package of MikroORM. */
export const isMikroOrm = (name: string): boolean => /(?:^@|\/)mikro-orm(?:\/|$)/.test(name);

/** The decorators of MikroORM: https://mikro-orm.io/docs/6.6/decorators */
export const MIKRO_ORM: DecoratorFamily = {
  isFrom: isMikroOrm,
  given:
    /\b(?:Property|PrimaryKey|OneToOne|OneToMany|ManyToOne|ManyToMany|Enum|Embedded|Formula|Filter|Index|Unique)\s*\(|\bMetadataStorage\b/,
  resembling: /Mikro|(?:PrimaryKey|OneToOne|OneToMany|ManyToOne|ManyToMany|Index)$/,
};
