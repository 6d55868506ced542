import mongoose, { Schema } from 'mongoose';

const Metric = mongoose.model('Metric', new Schema({ organization: String, name: String }));
const FactTable = mongoose.model('FactTable', new Schema({ organization: String, sql: String }));
const Group = mongoose.model('MetricGroup', new Schema({ organization: String, metrics: [String] }));
const Query = mongoose.model('SavedQuery', new Schema({ organization: String, text: String }));

export interface Context {
  readonly org: { readonly id: string };
  readonly models: { readonly groups: GroupModel; readonly queries: QueryModel };
}

abstract class Collection {
  protected readonly context: Context;

  constructor(context: Context) {
    this.context = context;
  }
}

export class GroupModel extends Collection {
  async getAll() {
    return await Group.find({ organization: this.context.org.id });
  }

  async getByIds(ids: string[]) {
    return await Group.find({ organization: this.context.org.id, _id: { $in: ids } });
  }
}

export class QueryModel extends Collection {
  async getByIds(ids: string[]) {
    return await Query.find({ organization: this.context.org.id, _id: { $in: ids } });
  }
}

export async function metricsOf(context: Context) {
  const found = await Metric.find({ organization: context.org.id });
  return new Map(found.map((one) => [String(one._id), one]));
}

export async function factTablesOf(context: Context) {
  const found = await FactTable.find({ organization: context.org.id });
  return new Map(found.map((one) => [String(one._id), one]));
}
