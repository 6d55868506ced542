import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Campaign, CampaignFault } from './campaign.ts';
import { keysOf, soundPart } from './sound-part.ts';

/** `value` as a message shows it, on one line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'an object',
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
};

const nameOf = (keys: readonly string[]): string =>
  keys.length === 0
    ? 'the campaign'
    : `\`${keys.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : index > 0 ? `.${key}` : key)).join('')}\``;

/** What an error of the validator says, as the end of a sentence about its value; undefined for one that only says that another one holds. */
function wantedBy({ keyword, params }: ErrorObject): string | undefined {
  const { type, allowedValues, limit, comparison } = params as Readonly<Record<string, unknown>>;
  const kinds = [type].flat().map((one) => KINDS[String(one)] ?? String(one));
  switch (keyword) {
    case 'type':
      return `must be ${kinds.join(' or ')}`;
    case 'enum':
      return `must be one of ${(allowedValues as unknown[]).map((one) => `\`${String(one)}\``).join(', ')}`;
    case 'minLength':
    case 'minItems':
      return 'must not be empty';
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
      return `must be ${String(comparison)} ${String(limit)}`;
    case 'pattern':
      return 'is not possible';
    default:
      return undefined;
  }
}

/** The names that the schema knows where a name is not known. */
const knownBy = ({ parentSchema }: ErrorObject): readonly string[] =>
  Object.keys((parentSchema as { readonly properties?: object } | undefined)?.properties ?? {});

function faultOf(error: ErrorObject, placeOf: Campaign['placeOf']): CampaignFault | undefined {
  const keys = keysOf(error.instancePath);
  const { additionalProperty, missingProperty } = error.params as Readonly<Record<string, unknown>>;
  if (typeof additionalProperty === 'string')
    return {
      place: placeOf([...keys, additionalProperty]),
      says: `${nameOf([...keys, additionalProperty])} is not known.`,
      unknown: { name: additionalProperty, known: knownBy(error) },
    };
  if (error.keyword === 'oneOf')
    return {
      place: placeOf(keys),
      says: `${nameOf(keys)} must have one of \`source\`, \`list\` and \`command\`.`,
    };
  if (typeof missingProperty === 'string') {
    // Said by `oneOf` as a whole.
    if (error.schemaPath.includes('/oneOf/')) return undefined;
    return { place: placeOf(keys), says: `${nameOf(keys)} lacks \`${missingProperty}\`.` };
  }
  const wanted = wantedBy(error);
  if (wanted === undefined) return undefined;
  const { description } = (error.parentSchema ?? {}) as { readonly description?: string };
  const found = error.keyword.startsWith('min') && !/\d/.test(wanted) ? '' : `, not ${shown(error.data)}`;
  const why = description === undefined || error.keyword !== 'pattern' ? '' : ` ${description}`;
  return { place: placeOf(keys), says: `${nameOf(keys)} ${wanted}${found}.${why}` };
}

/** What in a value is not as a schema says. */
export interface SchemaFaults {
  readonly faults: readonly CampaignFault[];
  /** The rest of it; undefined where there is none. */
  readonly sound: object | undefined;
}

/** What in `value` is not as `schema` says. */
export async function schemaFaults(
  value: unknown,
  schema: object,
  placeOf: Campaign['placeOf'],
): Promise<SchemaFaults> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const validate = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema);
  validate(value);
  const errors = validate.errors ?? [];
  const faults = errors.map((error) => faultOf(error, placeOf));
  return { faults: faults.filter((one) => one !== undefined), sound: soundPart(value, errors) };
}
