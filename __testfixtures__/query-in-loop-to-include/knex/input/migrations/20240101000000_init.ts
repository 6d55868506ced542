import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('users', (table) => {
    table.increments('id');
    table.text('name').notNullable();
    table.text('email').notNullable().unique();
    table.integer('teamId');
  });
  await knex.schema.createTable('posts', (table) => {
    table.increments('id');
    table.text('title').notNullable();
    table.decimal('price', 10, 2);
    table.integer('authorId');
    table.boolean('published').notNullable();
  });
  await knex.schema.createTable('comments', (table) => {
    table.increments('id');
    table.integer('postId').notNullable();
    table.integer('userId');
    table.text('body').notNullable();
  });
  await knex.schema.createTable('reviews', (table) => {
    table.integer('postId').notNullable();
    table.integer('userId').notNullable();
    table.integer('stars').notNullable();
    table.primary(['postId', 'userId']);
  });
  await knex.schema.createTable('tags', (table) => {
    table.increments('id');
    table.text('label').notNullable();
  });
  await knex.schema.createTable('postTags', (table) => {
    table.integer('postId').notNullable();
    table.integer('tagId').notNullable();
    table.primary(['postId', 'tagId']);
  });
  await knex.schema.createTable('accounts', (table) => {
    table.bigInteger('id').primary();
    table.text('owner').notNullable();
    table.decimal('balance', 12, 2).notNullable();
  });
  await knex.schema.createTable('transfers', (table) => {
    table.increments('id');
    table.bigInteger('accountId');
    table.decimal('amount', 12, 2).notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['users', 'posts', 'comments', 'reviews', 'tags', 'postTags', 'accounts', 'transfers'])
    await knex.schema.dropTable(table);
}
