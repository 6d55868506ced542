import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { Post, User } from './entities';

export const dataSource = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  entities: [User, Post],
});
export const users = dataSource.getRepository(User);
export const posts = dataSource.getRepository(Post);
