import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { packageRoot } from '../command-line.ts';

export const SCHEMAS = join(packageRoot, 'docs', 'schemas');

/** A schema in which nothing is allowed that it does not name, so that what is not documented is found. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one)]));
  return inner['type'] === 'object' && 'properties' in inner
    ? { ...inner, additionalProperties: false }
    : inner;
}

/** All published schemas, with nothing allowed that they do not name. */
export function closedSchemas(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  for (const name of readdirSync(SCHEMAS))
    ajv.addSchema(closed(JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'))) as object);
  return ajv;
}
