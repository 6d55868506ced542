import { Collection, EntitySchema, type Ref } from '@mikro-orm/core';

export class User {
  id!: number;
  name!: string;
  email!: string;
  posts = new Collection<Post>(this);
}

export class Post {
  id!: number;
  title!: string;
  price!: string | null;
  published!: boolean;
  author!: User | null;
  comments = new Collection<Comment>(this);
}

export class Comment {
  id!: number;
  body!: string;
  post!: Ref<Post>;
  user!: Ref<User> | null;
}

export class Review {
  postId!: number;
  userId!: number;
  stars!: number;
}

export class Account {
  id!: bigint;
  owner!: string;
}

export class Transfer {
  id!: number;
  accountId!: bigint | null;
  amount!: string;
}

export class Note {
  id!: number;
  text!: string;
  user!: User;
  deletedAt!: Date | null;
}

export const UserSchema = new EntitySchema<User>({
  class: User,
  tableName: 'users',
  properties: {
    id: { type: 'integer', primary: true },
    name: { type: 'string' },
    email: { type: 'string', unique: true },
    posts: { kind: '1:m', entity: () => Post, mappedBy: 'author' },
  },
});

export const PostSchema = new EntitySchema<Post>({
  class: Post,
  tableName: 'posts',
  properties: {
    id: { type: 'integer', primary: true },
    title: { type: 'string' },
    price: { type: 'decimal', nullable: true },
    published: { type: 'boolean' },
    author: { kind: 'm:1', entity: () => User, nullable: true },
    comments: { kind: '1:m', entity: () => Comment, mappedBy: 'post' },
  },
});

export const CommentSchema = new EntitySchema<Comment>({
  class: Comment,
  tableName: 'comments',
  properties: {
    id: { type: 'integer', primary: true },
    body: { type: 'string' },
    post: { kind: 'm:1', entity: () => Post, ref: true },
    user: { kind: 'm:1', entity: () => User, ref: true, nullable: true },
  },
});

export const ReviewSchema = new EntitySchema<Review>({
  class: Review,
  tableName: 'reviews',
  properties: {
    postId: { type: 'integer', primary: true },
    userId: { type: 'integer', primary: true },
    stars: { type: 'integer' },
  },
});

export const AccountSchema = new EntitySchema<Account>({
  class: Account,
  tableName: 'accounts',
  properties: {
    id: { type: 'bigint', primary: true },
    owner: { type: 'string' },
  },
});

export const TransferSchema = new EntitySchema<Transfer>({
  class: Transfer,
  tableName: 'transfers',
  properties: {
    id: { type: 'integer', primary: true },
    accountId: { type: 'bigint', nullable: true },
    amount: { type: 'decimal' },
  },
});

export const NoteSchema = new EntitySchema<Note>({
  class: Note,
  tableName: 'notes',
  properties: {
    id: { type: 'integer', primary: true },
    text: { type: 'string' },
    user: { kind: 'm:1', entity: () => User },
    deletedAt: { type: 'datetime', nullable: true },
  },
  filters: { active: { name: 'active', cond: { deletedAt: null }, default: true } },
});
