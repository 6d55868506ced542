import { Op } from 'sequelize';
import { Product } from '../models/index.js';

const pageSize = 2;

export interface SearchResult {
  total: number;
  products: { id: number; name: string; priceCents: number }[];
  cheapestCents: number | null;
}

/** A page of the products whose name holds the text. Pages count from 1. */
export async function searchProducts(text: string, page: number): Promise<SearchResult> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const where = { name: { [Op.iLike]: pattern } };

  const total = await Product.count({ where });
  const products = await Product.findAll({
    where,
    order: [
      ['name', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  const cheapest = await Product.findOne({ where, order: [['priceCents', 'ASC']] });

  return {
    total,
    products: products.map(({ id, name, priceCents }) => ({ id, name, priceCents })),
    cheapestCents: cheapest?.priceCents ?? null,
  };
}
