import { Column, DataSource, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

@Entity('owners')
export class Owner {
  @PrimaryColumn('int')
  id: number;

  @Column('text')
  name: string;
}

@Entity('pets')
export class Pet {
  @PrimaryColumn('int')
  id: number;

  @Column('int')
  ownerId: number;

  @ManyToOne(() => Owner, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'ownerId' })
  owner: Relation<Owner>;
}

const dataSource = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, entities: [Owner, Pet] });

export async function petsOf(ids: readonly number[]) {
  const owners = dataSource.getRepository(Owner);
  const pets = dataSource.getRepository(Pet);
  const counts: number[] = [];
  for (const ownerId of ids) {
    // report: `owners.delete` deletes rows of `Owner` in a turn
    const found = await pets.find({ where: { ownerId }, order: { id: 'ASC' } });
    counts.push(found.length);
    await owners.delete(ownerId + 1);
  }
  return counts;
}
