import mongoose, { Schema } from 'mongoose';

const Option = mongoose.model('Option', new Schema({ title: String }));

class OptionService {
  async list(selector: object) {
    return await Option.find(selector).lean();
  }

  async update(selector: object, changes: object) {
    return await Option.updateMany(selector, changes);
  }
}

const service = new OptionService();

export async function updateWithUndo(selector: object, changes: object) {
  // report: reads the table `Option`, which `Option.updateMany` writes after it
  const previous = await service.list(selector);

  const updated = await service.update(selector, changes);
  return { updated, undo: previous };
}
