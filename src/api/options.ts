import type { Options, Transform } from '../transform.ts';
import { shown } from './load-config.ts';
import { suggestion } from './suggest.ts';
import { UsageError } from '../errors.ts';

export type OptionValue = Options[string];

/** What the value of an option must be, by its default. */
export function kindOf(value: OptionValue): string {
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'string' ? 'a string' : 'a list of strings';
}

function isLike(value: unknown, model: OptionValue): value is OptionValue {
  if (typeof model === 'object') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  return typeof value === typeof model && (typeof value !== 'number' || Number.isFinite(value));
}

/**
 * The options of a transform as the configuration gives them, checked against its defaults.
 * @throws {UsageError} which begins with `placeOf(key)`.
 */
export function checkOptions(
  { id, defaults = {} }: Pick<Transform, 'id' | 'defaults'>,
  given: Readonly<Record<string, unknown>>,
  placeOf: (key: string) => string,
): Options {
  const checked: Record<string, OptionValue> = {};
  for (const [key, value] of Object.entries(given)) {
    const model = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    if (model === undefined)
      throw new UsageError(
        `${placeOf(key)}: \`${id}\` has no option \`${key}\`.${suggestion(key, Object.keys(defaults))}`,
      );
    if (!isLike(value, model))
      throw new UsageError(
        `${placeOf(key)}: \`${key}\` of \`${id}\` must be ${kindOf(model)}, not ${shown(value)}.`,
      );
    checked[key] = value;
  }
  return checked;
}

/**
 * The value that `text`, typed after `--option key=`, stands for where the default is `model`. A list is typed with commas.
 * @throws {UsageError} when it is not of the default's type.
 */
export function asOption(id: string, key: string, text: string, model: OptionValue): OptionValue {
  const wrong = (): UsageError =>
    new UsageError(`--option ${key}=${text}: \`${key}\` of \`${id}\` must be ${kindOf(model)}.`);
  if (typeof model === 'string') return text;
  if (typeof model === 'boolean') {
    if (text !== 'true' && text !== 'false') throw wrong();
    return text === 'true';
  }
  if (typeof model === 'number') {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw wrong();
    return value;
  }
  return text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
}

/** The value that `text` looks like, for a codemod that does not say what it expects. */
export function asFreeOption(text: string): OptionValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/**
 * Checks that each option has one of the values that the transform allows for it.
 * @throws {UsageError} with the value that was probably meant.
 */
export function checkChoices(
  { id, optionChoices = {} }: Pick<Transform, 'id' | 'optionChoices'>,
  options: Options,
): void {
  for (const [key, choices] of Object.entries(optionChoices)) {
    const value = options[key];
    if (choices === undefined || value === '' || typeof value !== 'string' || choices.includes(value))
      continue;
    throw new UsageError(
      `\`${key}\` of \`${id}\` cannot be ${shown(value)}.${suggestion(value, choices)} It is one of ${choices.join(', ')}.`,
    );
  }
}
