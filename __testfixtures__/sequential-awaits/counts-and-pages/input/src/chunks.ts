import { DataSource, Entity, PrimaryGeneratedColumn, Column } from 'typeorm';

@Entity()
export class Chunk {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  documentId!: string;

  @Column()
  position!: number;
}

export const source = new DataSource({ type: 'postgres', entities: [Chunk] });

export async function pageOfChunks(documentId: string, page: number) {
  const take = 50;
  const skip = (page - 1) * take;
  let conditions: any = { documentId };
  if (documentId === 'all') {
    conditions = {};
  }
  // safe: 2 awaits in a row → Promise.all
  const count = await source.getRepository(Chunk).count({
    where: conditions,
  });
  const chunks = await source.getRepository(Chunk).find({
    skip,
    take,
    where: conditions,
    order: {
      position: 'ASC',
    },
  });

  if (!chunks) {
    throw new Error(`There are no chunks of ${documentId}`);
  }
  return { count, chunks };
}
