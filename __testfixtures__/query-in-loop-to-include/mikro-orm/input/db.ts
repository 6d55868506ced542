import { MikroORM } from '@mikro-orm/postgresql';
import {
  AccountSchema,
  CommentSchema,
  NoteSchema,
  PostSchema,
  ReviewSchema,
  TransferSchema,
  UserSchema,
} from './entities';

export const orm = MikroORM.initSync({
  clientUrl: process.env.DATABASE_URL,
  entities: [UserSchema, PostSchema, CommentSchema, ReviewSchema, AccountSchema, TransferSchema, NoteSchema],
  pool: { min: 0, max: 1 },
});

export const disconnect = (): Promise<void> => orm.close();
