import mongoose from 'mongoose';

export const connect = async (): Promise<void> => {
  await mongoose.connect(process.env.DATABASE_URL as string, { maxPoolSize: 1 });
};
export const disconnect = (): Promise<void> => mongoose.disconnect();
