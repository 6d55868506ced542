import 'reflect-metadata';
import { Sequelize } from 'sequelize-typescript';
import { Customer, Product, Review, Supplier } from './models';

export const sequelize = new Sequelize(process.env.DATABASE_URL as string, {
  logging: false,
  pool: { max: 1 },
  models: [Customer, Product, Review, Supplier],
});

export const connect = (): Promise<void> => sequelize.authenticate();
export const disconnect = (): Promise<void> => sequelize.close();
