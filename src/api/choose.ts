import { dirname } from 'node:path';
import { builtIn, CATALOG } from '../run/catalog.ts';
import type { RequestedTransform } from '../run/plan.ts';
import type { Options, Transform } from '../transform.ts';
import { allHeads, headOf } from './heads.ts';
import type { LoadedConfig } from './load-config.ts';
import { defaultOf, isInstalled, isPathLike, loadModule } from './load-module.ts';
import { asFreeOption, asOption, checkChoices, checkOptions, type OptionValue } from './options.ts';
import { nearest, suggestion } from './suggest.ts';
import { UsageError } from '../errors.ts';

/** What was typed to choose transforms. */
export interface Choice {
  /** Absolute path; typed paths and packages are looked up from it. */
  readonly cwd: string;
  /** Ids, paths or packages, each perhaps several with commas; or transforms themselves. */
  readonly transforms: readonly (string | Transform)[];
  /** Values of `--set`. */
  readonly sets: readonly string[];
  /** Values of `--option`: `key=value` or `id.key=value`; or the options themselves, by the ids of transforms. */
  readonly options: readonly string[] | Readonly<Record<string, Options>>;
  readonly config?: LoadedConfig | undefined;
}

/** A transform under the name that it was asked for. */
interface Named {
  readonly name: string;
  readonly transform: Transform;
  /** Whether it is an ordinary jscodeshift transform, which does not say which options it has. */
  readonly isForeign: boolean;
  /** Loads the whole transform, where `transform` is only the head of a built-in one. */
  readonly load?: () => Promise<Transform>;
}

const split = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(',').map((one) => one.trim())).filter((one) => one !== '');

/** The transform that a module exports, where it is written for this toolkit. */
function ownIn(module: unknown): Transform | undefined {
  const own = defaultOf(defaultOf(module)) as Partial<Transform> | null | undefined;
  return typeof own?.id === 'string' && own.prefilter instanceof RegExp ? (own as Transform) : undefined;
}

/**
 * Loads the transform that `name` names: a built-in id, or a path or package as seen from `folder`.
 * @throws {UsageError} which begins with `place`, where it was asked for.
 */
export async function loadTransform(name: string, folder: string, place: string): Promise<Named> {
  const own = await headOf(name);
  if (own !== undefined) {
    const load = async (): Promise<Transform> => (await builtIn(name)) ?? own;
    return { name, transform: own, isForeign: false, load };
  }
  if (!isPathLike(name) && !(await isInstalled(name, folder))) {
    const meant = nearest(name, Object.keys(CATALOG));
    const hint = meant === undefined ? '`hasten list` shows all of them.' : `Did you mean \`${meant}\`?`;
    throw new UsageError(
      `${place}: \`${name}\` is neither a built-in transform nor a package installed here. ${hint}`,
    );
  }
  const module = await loadModule(name, folder);
  const ours = ownIn(module);
  if (ours !== undefined) return { name, transform: ours, isForeign: false };
  const { asTransform } = await import('../run/foreign.ts');
  try {
    return { name, transform: asTransform(name, module), isForeign: true };
  } catch (error) {
    throw new UsageError(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * The ids of the transforms of the set `name`.
 * @throws {UsageError} which begins with `place`, where there is none.
 */
export async function idsOfSet(name: string, place: string): Promise<string[]> {
  const all = await allHeads();
  const ids = all.filter(({ sets = [] }) => sets.includes(name)).map(({ id }) => id);
  if (ids.length > 0) return ids;
  const known = [...new Set(all.flatMap(({ sets = [] }) => sets))].toSorted();
  throw new UsageError(`${place}: there is no set \`${name}\`.${suggestion(name, known)}`);
}

/** A transform that was handed over. */
function asNamed(transform: Transform): Named {
  if (ownIn(transform) === undefined)
    throw new UsageError('A transform is the name of one, or what defineTransform makes.');
  return { name: transform.id, transform, isForeign: false };
}

/** The transforms that were asked for on the command line; else those of the configuration; else all built-in ones. */
async function chosen({ cwd, transforms, sets, config }: Choice): Promise<Named[]> {
  const typed = split(transforms.filter((one) => typeof one === 'string'));
  const given = transforms.filter((one) => typeof one !== 'string');
  const typedSets = split(sets);
  if (transforms.length > 0 && typed.length === 0 && given.length === 0)
    throw new UsageError('--transform needs the name of a transform.');
  if (sets.length > 0 && typedSets.length === 0) throw new UsageError('--set needs the name of a set.');
  if (typed.length > 0 || given.length > 0 || typedSets.length > 0) {
    const named = await Promise.all(typed.map((name) => loadTransform(name, cwd, `--transform ${name}`)));
    const members = await Promise.all(typedSets.map((name) => idsOfSet(name, `--set ${name}`)));
    const rest = await Promise.all(members.flat().map((id) => loadTransform(id, cwd, `--set`)));
    return [...named, ...given.map(asNamed), ...rest];
  }
  const entries = Object.entries(config?.config.transforms ?? {});
  const setNames = config?.config.sets ?? [];
  const left = new Set(entries.filter(([, value]) => value === false).map(([id]) => id));
  const folder = config === undefined ? cwd : dirname(config.path);
  const placeOf = (...keys: readonly string[]): string => config?.placeOf(keys) ?? '';

  // What is left out is loaded too, so that a slip in its name does not pass in silence.
  const listed = await Promise.all(
    entries.map(([id]) => loadTransform(id, folder, placeOf('transforms', id))),
  );
  const members = await Promise.all(
    setNames.map((name, index) => idsOfSet(name, placeOf('sets', String(index)))),
  );
  const wanted = listed.filter(({ name }) => !left.has(name));
  const isOpen = wanted.length === 0 && setNames.length === 0;
  const more = isOpen ? Object.keys(CATALOG).toSorted() : members.flat();
  const added = await Promise.all(
    more.filter((id) => !left.has(id)).map((id) => loadTransform(id, folder, '')),
  );
  return [...wanted, ...added];
}

/** One `--option`, taken apart. */
interface TypedOption {
  readonly typed: string;
  /** The transform that it is for; undefined where it is for all that have it. */
  readonly id: string | undefined;
  readonly key: string;
  readonly text: string;
}

function asTypedOption(typed: string, named: readonly Named[]): TypedOption {
  const equals = typed.indexOf('=');
  if (equals < 1) throw new UsageError(`--option ${typed}: write it as key=value or transform.key=value.`);
  const [key, text] = [typed.slice(0, equals), typed.slice(equals + 1)];
  const owner = named.find(({ name, transform }) =>
    [name, transform.id].some((id) => key.startsWith(`${id}.`)),
  );
  if (owner === undefined) {
    const dot = key.lastIndexOf('.');
    if (dot === -1) return { typed, id: undefined, key, text };
    const id = key.slice(0, dot);
    const ids = named.map(({ transform }) => transform.id);
    throw new UsageError(
      `--option ${typed}: \`${id}\` is not among the transforms of this run.${suggestion(id, ids)}`,
    );
  }
  const prefix = key.startsWith(`${owner.name}.`) ? owner.name : owner.transform.id;
  return { typed, id: owner.transform.id, key: key.slice(prefix.length + 1), text };
}

/** Gives each typed option to the transforms that have it. */
function typedOptionsOf(
  named: readonly Named[],
  options: readonly string[],
): Map<Named, Record<string, OptionValue>> {
  const given = new Map(named.map((one) => [one, {} as Record<string, OptionValue>]));
  for (const option of options) {
    const { typed, id, key, text } = asTypedOption(option, named);
    const candidates = named.filter(({ transform }) => id === undefined || transform.id === id);
    const takers = candidates.filter(
      ({ transform, isForeign }) => isForeign || Object.hasOwn(transform.defaults ?? {}, key),
    );
    if (takers.length === 0) {
      const known = [
        ...new Set(candidates.flatMap(({ transform }) => Object.keys(transform.defaults ?? {}))),
      ];
      const who = candidates.map(({ transform }) => `\`${transform.id}\``).join(', ');
      throw new UsageError(
        `--option ${typed}: ${who} ${candidates.length === 1 ? 'has' : 'have'} no option \`${key}\`.${suggestion(key, known)}`,
      );
    }
    for (const taker of takers) {
      const model = taker.transform.defaults?.[key];
      const value = model === undefined ? asFreeOption(text) : asOption(taker.transform.id, key, text, model);
      Object.assign(given.get(taker) ?? {}, { [key]: value });
    }
  }
  return given;
}

const isTyped = (options: Choice['options']): options is readonly string[] => Array.isArray(options);

/** The options that were handed over, checked. */
function givenOptionsOf(
  named: readonly Named[],
  given: Readonly<Record<string, Options>>,
): Map<Named, Options> {
  const byId = new Map(named.map((one) => [one.transform.id, one]));
  return new Map(
    Object.entries(given).map(([id, options]) => {
      const one = byId.get(id) ?? named.find(({ name }) => name === id);
      if (one === undefined)
        throw new UsageError(
          `options: \`${id}\` is not among the transforms of this run.${suggestion(id, [...byId.keys()])}`,
        );
      return [one, one.isForeign ? options : checkOptions(one.transform, options, () => `options.${id}`)];
    }),
  );
}

/**
 * The transforms to run with their options: defaults, then the configuration, then what was typed.
 * @throws {UsageError} for a transform, set or option that there is not, with the name that was probably meant.
 */
export async function chooseTransforms(choice: Choice): Promise<RequestedTransform[]> {
  const { config, options } = choice;
  const named: Named[] = [];
  for (const one of await chosen(choice))
    if (!named.some(({ transform }) => transform.id === one.transform.id)) named.push(one);
  const typed = isTyped(options) ? typedOptionsOf(named, options) : givenOptionsOf(named, options);
  return named.map((one) => {
    const { name, transform, isForeign, load } = one;
    const own = config?.config.transforms?.[name];
    const written = typeof own === 'object' ? own : {};
    const placeOf = (key: string): string => config?.placeOf(['transforms', name, key]) ?? '';
    const configured = isForeign ? (written as Options) : checkOptions(transform, written, placeOf);
    const chosenOptions = { ...transform.defaults, ...configured, ...typed.get(one) };
    checkChoices(transform, chosenOptions);
    return { transform, options: chosenOptions, ...(load === undefined ? {} : { load }) };
  });
}
