import type { ErrorObject } from 'ajv/dist/2020.js';

type Keyed = Record<string, unknown>;

const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys that a JSON pointer leads through. */
export const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The keys that lead to what an error speaks of. */
function faultyKeys({ instancePath, params }: ErrorObject): string[] {
  const { additionalProperty } = params as Keyed;
  const keys = keysOf(instancePath);
  return typeof additionalProperty === 'string' ? [...keys, additionalProperty] : keys;
}

/** Takes away what `keys` lead to; of a list all, so that no place in it becomes another one's. */
function takeAway(value: Keyed, keys: readonly string[]): void {
  const [key = '', ...rest] = keys;
  const own = Object.hasOwn(value, key) ? value[key] : undefined;
  if (rest.length > 0 && isKeyed(own)) takeAway(own, rest);
  else delete value[key];
}

/**
 * What in `value` has no fault, so that the rest of it can be looked at too: a value with an error is left out, with its key.
 * @returns undefined where that is nothing, as it is no object.
 */
export function soundPart(value: unknown, errors: readonly ErrorObject[]): object | undefined {
  if (!isKeyed(value)) return undefined;
  const sound = structuredClone(value);
  for (const error of errors) {
    const keys = faultyKeys(error);
    // What is missing at the top takes nothing else with it.
    if (keys.length > 0) takeAway(sound, keys);
  }
  return sound;
}
