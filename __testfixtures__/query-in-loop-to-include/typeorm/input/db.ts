import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { Category, Comment, Order, OrderLine, Post, Price, Profile, User } from './entities';

export const dataSource = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  poolSize: 1,
  entities: [Category, Comment, Order, OrderLine, Post, Price, Profile, User],
});

export const users = dataSource.getRepository(User);
export const posts = dataSource.getRepository(Post);

export const connect = async (): Promise<void> => {
  await dataSource.initialize();
};
export const disconnect = (): Promise<void> => dataSource.destroy();
