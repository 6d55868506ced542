exports.up = async (knex) => {
  await knex.schema.createTable('coaches', (table) => {
    table.integer('id').primary();
  });
  await knex.schema.createTable('lessons', (table) => {
    table.integer('id').primary();
    table.integer('coachId').notNullable().references('id').inTable('coaches').onDelete('CASCADE');
  });
};
