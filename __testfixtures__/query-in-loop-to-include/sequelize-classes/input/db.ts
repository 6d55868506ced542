import { sequelize } from './models';

export const connect = (): Promise<void> => sequelize.authenticate();
export const disconnect = (): Promise<void> => sequelize.close();
