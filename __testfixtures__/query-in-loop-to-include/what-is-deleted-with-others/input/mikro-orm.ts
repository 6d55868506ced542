import { EntitySchema, type EntityManager } from '@mikro-orm/core';

class Ship {
  id!: number;
  name!: string;
}

class Sailor {
  id!: number;
  ship!: Ship;
}

export const ShipSchema = new EntitySchema<Ship>({
  class: Ship,
  properties: { id: { type: 'integer', primary: true }, name: { type: 'string' } },
});

export const SailorSchema = new EntitySchema<Sailor>({
  class: Sailor,
  properties: {
    id: { type: 'integer', primary: true },
    ship: { kind: 'm:1', entity: () => Ship, fieldName: 'shipId', deleteRule: 'cascade' },
  },
});

export async function sailorsOf(em: EntityManager, ids: readonly number[]) {
  const counts: number[] = [];
  for (const id of ids) {
    // review: `em.nativeDelete` writes nothing that `Sailor.find` looks at in a later turn
    const sailors = await em.find(Sailor, { ship: id }, { orderBy: { id: 'asc' } });
    counts.push(sailors.length);
    await em.nativeDelete(Ship, { id: id + 1 });
  }
  return counts;
}
