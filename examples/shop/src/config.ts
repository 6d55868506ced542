import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Settings {
  shopName: string;
  lowStockBelow: number;
  remindAfterDays: number;
  exportsToKeep: number;
}

/** The folder of the package. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const settings = JSON.parse(readFileSync(join(root, 'config', 'shop.json'), 'utf8')) as Settings;

export const config = {
  ...settings,
  host: process.env.HOST ?? '127.0.0.1',
  port: Number(process.env.PORT ?? 3000),
  /** Where mails, invoices and exports are written. */
  filesDir: process.env.SHOP_FILES_DIR ?? join(root, 'var'),
};
