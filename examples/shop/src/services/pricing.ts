import { readFileSync } from 'node:fs';
import type { Product } from '../models/index.js';

interface PriceRules {
  bulkFrom: number;
  bulkDiscountPercent: number;
  categoryDiscountPercent: Record<string, number | undefined>;
}

export function formatCents(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}

/** The discounts that hold now. */
export class PriceList {
  private readonly rules: PriceRules;

  constructor(path: string) {
    this.rules = JSON.parse(readFileSync(path, 'utf8')) as PriceRules;
  }

  /** The better of the discounts on the category and on the quantity. They do not add up. */
  discountPercent(category: string, quantity: number): number {
    const onCategory = this.rules.categoryDiscountPercent[category] ?? 0;
    const onQuantity = quantity >= this.rules.bulkFrom ? this.rules.bulkDiscountPercent : 0;
    return Math.max(onCategory, onQuantity);
  }

  totalCents(product: Pick<Product, 'category' | 'priceCents'>, quantity: number): number {
    const full = product.priceCents * quantity;
    return full - Math.round((full * this.discountPercent(product.category, quantity)) / 100);
  }
}
