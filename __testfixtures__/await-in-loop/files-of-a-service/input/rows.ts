import { Column, DataSource, Entity, In, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Dataset {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column()
  changedAt!: Date;
}

@Entity()
export class DatasetRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column()
  datasetId!: string;
}

const source = new DataSource({ type: 'sqlite', database: 'rows.db', entities: [Dataset, DatasetRow] });

async function noteChange(id: string) {
  await source.getRepository(Dataset).update(id, { changedAt: new Date() });
}

export async function deleteRows(ids: string[]) {
  const rows = await source.getRepository(DatasetRow).find({ where: { id: In(ids) } });
  const deleted = await source.getRepository(DatasetRow).delete(ids);

  const datasetIds = [...new Set(rows.map((row) => row.datasetId))];
  // report: it is not seen that each writes a row of its own
  for (const datasetId of datasetIds) {
    await noteChange(datasetId);
  }
  return deleted;
}
