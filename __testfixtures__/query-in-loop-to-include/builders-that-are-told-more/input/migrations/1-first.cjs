exports.up = async (knex) => {
  await knex.schema.createTable('users', (table) => {
    table.integer('id').primary();
    table.string('name').notNullable();
    table.float('score').notNullable().unique();
    table.time('at').notNullable().unique();
  });
  await knex.schema.createTable('posts', (table) => {
    table.integer('id').primary();
    table.string('title').notNullable();
    table.integer('authorId').notNullable();
  });
  await knex.schema.createTable('notes', (table) => {
    table.integer('id').primary();
    table.integer('userId').notNullable().references('id').inTable('users').onDelete('CASCADE');
  });
};
