import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const accounts = sqliteTable('accounts', { id: text('id').primaryKey(), balance: integer('balance') });
