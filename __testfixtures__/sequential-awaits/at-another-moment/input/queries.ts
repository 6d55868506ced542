import knexFactory from 'knex';
import mongoose from 'mongoose';
import type { SelectQueryBuilder } from 'typeorm';

const knex = knexFactory({});
const Cat = mongoose.model('Cat', new mongoose.Schema({}));
const Dog = mongoose.model('Dog', new mongoose.Schema({}));

export async function page(filter: { name?: string }) {
  let query = knex('cats');
  if (filter.name) query = query.where('name', filter.name);
  // report: Both calls go on with the query `query`, which each changes
  const rows = await query.select('*').limit(10);
  const total = await query.count('* as n');
  return { rows, total };
}

export async function typed(qb: SelectQueryBuilder<object>) {
  // report: Both calls go on with the query `qb`, which each changes
  const rows = await qb.getMany();
  const total = await qb.andWhere('cat.isOld').getCount();
  return { rows, total };
}

export async function apart() {
  // safe: 2 awaits in a row → Promise.all
  const rows = await knex('cats').select('*').limit(10);
  const total = await knex('cats').count('* as n');
  return { rows, total };
}

export async function inOneSession() {
  const session = await mongoose.startSession();
  const options = { session };
  // report: `Cat.find` and `Dog.find` run in one transaction: `options`
  const cats = await Cat.find({ isOld: true }, null, options);
  const dogs = await Dog.find({ isOld: true }, null, options);
  return { cats, dogs };
}

function Allowed() {
  return (_target: object, _key: string, descriptor: PropertyDescriptor) => {
    const { value } = descriptor;
    descriptor.value = async function (...all: unknown[]) {
      if (!(await knex('sessions').first())) throw new Error('denied');
      return value.apply(this, all);
    };
    return descriptor;
  };
}

export class Numbers {
  @Allowed()
  async cats() {
    return await knex('cats').count();
  }

  async dogs() {
    return await knex('dogs').count();
  }

  async all() {
    // review: `@Allowed` that `this.cats` calls only computes: a decorator may put other code around t
    const cats = await this.cats();
    const dogs = await this.dogs();
    return { cats, dogs };
  }
}
