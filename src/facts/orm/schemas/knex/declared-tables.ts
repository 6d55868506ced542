import { ts } from 'ts-morph';
import type { Model } from '../../schema.ts';
import { siteOf } from '../nodes.ts';

/** The tables that are known by their types only: https://knexjs.org/guide/#typescript */
export function declaredTables(source: ts.SourceFile): readonly Model[] {
  if (!/['"]knex\/types\/tables/.test(source.text)) return [];
  return source.statements.flatMap((statement) => {
    const isOfTables =
      ts.isModuleDeclaration(statement) && /^knex\/types\/tables(?:\.js|\.d\.ts)?$/.test(statement.name.text);
    if (!isOfTables || statement.body === undefined || !ts.isModuleBlock(statement.body)) return [];
    return statement.body.statements.flatMap((one) => {
      if (!ts.isInterfaceDeclaration(one) || one.name.text !== 'Tables') return [];
      return one.members.flatMap((member) => (ts.isPropertySignature(member) ? [declaredTable(member)] : []));
    });
  });
}

function declaredTable(member: ts.PropertySignature): Model {
  const name = ts.isStringLiteralLike(member.name) ? member.name.text : member.name.getText();
  return {
    orm: 'knex',
    name,
    table: name,
    columns: [],
    primaryKey: [],
    uniques: [],
    indexes: [],
    relations: [],
    hooks: [],
    defaultScope: undefined,
    softDelete: undefined,
    virtuals: [],
    unread: ['where it is made'],
    seenAt: siteOf(member),
  };
}
