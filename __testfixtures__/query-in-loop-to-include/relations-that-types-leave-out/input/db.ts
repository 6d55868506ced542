import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { Post, User } from './entities';

export const dataSource = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  poolSize: 1,
  entities: [User, Post],
});

export const connect = async (): Promise<void> => {
  await dataSource.initialize();
};
export const disconnect = (): Promise<void> => dataSource.destroy();
