import { model, type Query, Schema } from 'mongoose';

export const Company = model('Company', new Schema({ name: { type: String, required: true }, country: String }));

const userSchema = new Schema(
  {
    name: { type: String, required: true },
    email: { type: String, unique: true },
    company: { type: Schema.Types.ObjectId, ref: 'Company' },
    apiKey: { type: String, unique: true, select: false },
    tags: [String],
  },
  {
    virtuals: {
      label: {
        get() {
          return `${this.name} <${this.email}>`;
        },
      },
    },
  },
);
userSchema.virtual('posts', { ref: 'Post', localField: '_id', foreignField: 'author', justOne: false });
export const User = model('User', userSchema);

export const Post = model(
  'Post',
  new Schema({
    title: { type: String, required: true },
    author: { type: Schema.Types.ObjectId, ref: 'User' },
    category: String,
    price: Schema.Types.Decimal128,
    isPublished: { type: Boolean, default: false },
  }),
);

export const Comment = model(
  'Comment',
  new Schema({
    post: { type: Schema.Types.ObjectId, ref: 'Post', required: true },
    author: { type: Schema.Types.ObjectId, ref: 'User' },
    text: { type: String, required: true },
  }),
);

const priceSchema = new Schema({
  product: { type: Schema.Types.ObjectId, required: true },
  currency: { type: String, required: true },
  amount: { type: Schema.Types.Decimal128, required: true },
});
priceSchema.index({ product: 1, currency: 1 }, { unique: true });
export const Price = model('Price', priceSchema);

export const OrderLine = model(
  'OrderLine',
  new Schema({
    product: { type: Schema.Types.ObjectId, required: true },
    currency: { type: String, required: true },
    quantity: { type: Number, required: true },
  }),
);

const memberSchema = new Schema({
  email: { type: String, unique: true, lowercase: true },
  name: { type: String, unique: true, get: (name: string) => name.toUpperCase() },
  isDeleted: { type: Boolean, default: false },
});
memberSchema.pre<Query<unknown, unknown>>(/^find/, function (next) {
  void this.where({ isDeleted: false });
  next();
});
export const Member = model('Member', memberSchema);

/** Every query of it populates the book. */
const loanSchema = new Schema({ book: { type: Schema.Types.ObjectId, ref: 'Post' }, days: Number });
loanSchema.pre<Query<unknown, unknown>>(/^find/, function (next) {
  void this.populate('book');
  next();
});
export const Loan = model('Loan', loanSchema);

export const Visit = model(
  'Visit',
  new Schema({
    user: String,
    name: String,
    email: String,
    apiKey: String,
    tag: String,
    member: { type: Schema.Types.ObjectId, ref: 'Member' },
    viewers: [{ type: Schema.Types.ObjectId, ref: 'User' }],
    at: Date,
  }),
);
