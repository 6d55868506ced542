import mongoose, { type Types } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMongo, type Mongo } from './mongo.ts';

interface Item {
  _id: number | Types.ObjectId;
  name?: string;
  count?: number;
  tags?: string[];
  inner?: { a?: number; b?: number };
  owner?: number | null;
}

const SEED = JSON.stringify({
  items: [
    { name: 'b', _id: 1, count: 2, inner: { b: 2, a: 1 }, owner: 1 },
    { _id: 2, name: 'a', count: 2, tags: ['x', 'y'], owner: null },
    { _id: 3, name: 'c', count: 5 },
  ],
  owners: [{ _id: 1, name: 'Ann' }],
});

let server: Mongo;
let items: mongoose.mongo.Collection<Item>;
beforeAll(async () => {
  server = await startMongo();
});
beforeEach(async () => {
  await server.reset(SEED);
  await mongoose.connect(server.url);
  items = mongoose.connection.getClient().db().collection<Item>('items');
});
afterAll(() => server.close());

const idsOf = async (filter: mongoose.mongo.Filter<Item>): Promise<unknown> =>
  (await items.find(filter).toArray()).map(({ _id }) => _id);

describe('reading', () => {
  it('finds, sorts, skips and limits', async () => {
    expect(await idsOf({ count: { $gte: 2 }, name: { $in: ['a', 'b'] } })).toEqual([1, 2]);
    expect(await idsOf({ owner: null })).toEqual([2, 3]);
    expect(await idsOf({ tags: 'x' })).toEqual([2]);
    const sorted = await items.find().sort({ count: -1, name: 1 }).skip(1).limit(1).toArray();
    expect(sorted.map(({ name }) => name)).toEqual(['a']);
    expect(await items.countDocuments({ count: 2 })).toBe(2);
    expect(await items.estimatedDocumentCount()).toBe(3);
    expect(await items.distinct('count')).toEqual([2, 5]);
  });

  it('gives the fields that are asked for in the order of the document, its id before all', async () => {
    expect(JSON.stringify(await items.findOne({ _id: 1 }))).toBe(
      '{"_id":1,"name":"b","count":2,"inner":{"b":2,"a":1},"owner":1}',
    );
    const some = await items.findOne(
      { _id: 1 },
      { projection: { count: 1, inner: { a: 1, b: 1 }, name: 1 } },
    );
    expect(JSON.stringify(some)).toBe('{"_id":1,"name":"b","count":2,"inner":{"b":2,"a":1}}');
    const others = await items.findOne({ _id: 1 }, { projection: { _id: 0, inner: 0 } });
    expect(JSON.stringify(others)).toBe('{"name":"b","count":2,"owner":1}');
  });

  it('aggregates and joins', async () => {
    const rows = await items
      .aggregate([
        { $match: { _id: { $lte: 2 } } },
        { $lookup: { from: 'owners', localField: 'owner', foreignField: '_id', as: 'owners' } },
        { $project: { owners: 1, name: 1 } },
      ])
      .toArray();
    expect(JSON.stringify(rows)).toBe(
      '[{"_id":1,"name":"b","owners":[{"_id":1,"name":"Ann"}]},{"_id":2,"name":"a","owners":[]}]',
    );
  });

  it('gives much in several answers', async () => {
    await items.deleteMany({});
    await items.insertMany(Array.from({ length: 250 }, (_, at) => ({ _id: at })));
    const found = await items.find().toArray();
    expect(found.map(({ _id }) => _id)).toEqual(Array.from({ length: 250 }, (_, at) => at));
    expect(server.statements.map((text) => Object.keys(JSON.parse(text))[0])).toEqual([
      'delete',
      'insert',
      'find',
      'getMore',
    ]);
  });
});

describe('writing', () => {
  it('inserts, and refuses a second document of an id or of a unique key', async () => {
    await expect(items.insertOne({ _id: 1 })).rejects.toMatchObject({ code: 11000, keyValue: { _id: 1 } });
    await items.createIndex({ name: 1 }, { unique: true });
    await expect(items.insertOne({ _id: 9, name: 'a' })).rejects.toMatchObject({ code: 11000 });
    await expect(items.updateOne({ _id: 1 }, { $set: { name: 'a' } })).rejects.toMatchObject({ code: 11000 });
    await items.updateOne({ _id: 1 }, { $set: { name: 'b' } });
    const rest = items.insertMany(
      [
        { _id: 7, name: 'a' },
        { _id: 8, name: 'd' },
      ],
      { ordered: false },
    );
    await expect(rest).rejects.toMatchObject({ code: 11000 });
    expect((await items.find().toArray()).map(({ _id }) => _id)).toEqual([1, 2, 3, 8]);
  });

  it('updates, replaces, and makes what is not there', async () => {
    expect(await items.updateMany({ count: 2 }, { $inc: { count: 0 }, $set: { owner: 1 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    });
    await items.updateOne({ _id: 2, tags: 'y' }, { $set: { 'tags.$': 'z' } });
    expect((await items.findOne({ _id: 2 }))?.tags).toEqual(['x', 'z']);
    await items.replaceOne({ _id: 3 }, { name: 'new' });
    expect(await items.findOne({ _id: 3 })).toEqual({ _id: 3, name: 'new' });
    const made = await items.updateOne(
      { _id: 4, count: { $gt: 1 } },
      { $set: { name: 'd' }, $setOnInsert: { owner: 1 } },
      { upsert: true },
    );
    expect(made).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 4 });
    expect(await items.findOne({ _id: 4 })).toEqual({ _id: 4, name: 'd', owner: 1 });
    await items.updateOne({ _id: 4 }, [{ $set: { count: { $add: [1, 2] } } }]);
    expect((await items.findOne({ _id: 4 }))?.count).toBe(3);
  });

  it('gives what it changes or takes away', async () => {
    const change = { $inc: { count: 1 } };
    expect((await items.findOneAndUpdate({ _id: 1 }, change))?.count).toBe(2);
    expect((await items.findOneAndUpdate({ _id: 1 }, change, { returnDocument: 'after' }))?.count).toBe(4);
    expect(await items.findOneAndDelete({ count: 2 })).toMatchObject({ _id: 2 });
    expect(await items.findOneAndUpdate({ _id: 9 }, change)).toBeNull();
    expect(await items.deleteOne({})).toMatchObject({ deletedCount: 1 });
    expect(server.dump().get('items')).toEqual(['{"_id":3,"name":"c","count":5}']);
  });
});

describe('the server', () => {
  it('forgets all at a reset, models too', async () => {
    mongoose.model('Item', new mongoose.Schema({ name: String }));
    await items.deleteMany({});
    await server.reset(SEED);
    expect(mongoose.modelNames()).toEqual([]);
    expect(server.statements).toEqual([]);
    expect(server.dump().get('items')).toHaveLength(3);
    expect(server.dump().get('owners')).toEqual(['{"_id":1,"name":"Ann"}']);
  });

  it('accepts transactions, and does not count what makes them', async () => {
    await mongoose.connection.transaction(async (session) => {
      await items.updateOne({ _id: 1 }, { $set: { name: 'x' } }, { session });
      await items.findOne({ _id: 1 }, { session });
    });
    expect(server.statements).toHaveLength(2);
    expect(server.statements[0]).toMatch(/^\{"update":"items"/);
  });

  it('refuses what it cannot do', async () => {
    const refused = items.find({}, { collation: { locale: 'en' } }).toArray();
    await expect(refused).rejects.toMatchObject({ code: 238 });
    await expect(items.find({}, { projection: { tags: { $slice: 1 } } }).toArray()).rejects.toMatchObject({
      code: 238,
    });
    await expect(items.aggregate([{ $out: 'others' }]).toArray()).rejects.toMatchObject({ code: 238 });
    await expect(mongoose.connection.getClient().db().command({ explain: {} })).rejects.toMatchObject({
      code: 59,
    });
  });
});
