import { model, Schema } from 'mongoose';

export const Badge = model('Badge', new Schema({ name: { type: String, required: true }, kind: { type: String, default: 'basic' } }));

export const Gift = model(
  'Gift',
  new Schema({ badge: { type: Schema.Types.ObjectId, ref: 'Badge' }, kind: String, title: { type: String, required: true } }),
);
