import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/prisma/client';

export class PrismaService extends PrismaClient {
  constructor() {
    super({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 1 }) });
  }
}

export const prismaService = new PrismaService();

export const disconnect = (): Promise<void> => prismaService.$disconnect();
