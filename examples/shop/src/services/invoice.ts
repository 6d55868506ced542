import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { config, root } from '../config.js';
import { formatCents } from './pricing.js';

export interface Invoice {
  number: number;
  customer: string;
  totalCents: number;
  lines: { name: string; quantity: number; unitCents: number }[];
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function fill(template: string, fields: Record<string, string>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => fields[name] ?? '');
}

function loadTemplate(name: string): string {
  return readFileSync(join(root, 'templates', `${name}.html.tpl`), 'utf8');
}

/** An invoice as HTML. The templates are read each time, so that the office can change them. */
export function renderInvoice(invoice: Invoice): string {
  const page = loadTemplate('invoice');
  const footer = loadTemplate('footer');
  const rows = invoice.lines.map(
    (line) =>
      `<tr><td>${line.quantity}</td><td>${escapeHtml(line.name)}</td><td>${formatCents(line.unitCents)}</td></tr>`,
  );
  const body = fill(page, {
    number: String(invoice.number),
    customer: escapeHtml(invoice.customer),
    rows: rows.join('\n'),
    total: formatCents(invoice.totalCents),
  });
  return body + fill(footer, { shop: escapeHtml(config.shopName) });
}

/** Keeps a copy for the accounts. */
export function saveInvoice(number: number, html: string): void {
  const folder = join(config.filesDir, 'invoices');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${number}.html`);
  writeFileSync(path, html);
  console.log(`Invoice ${number} saved to ${path}`);
}
