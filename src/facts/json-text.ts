/** A string, a comment, or a comma behind which only comments stand before the end of its list. */
const PARTS = /"(?:[^"\\\n]|\\.)*"|\/\/.*|\/\*[^]*?\*\/|,(?=(?:\s|\/\/.*|\/\*[^]*?\*\/)*[}\]])/g;

/** The object in a JSON text, in which comments and commas at ends are allowed; undefined where it is broken, or there is none. */
export function jsonIn(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  const value = parsed(text) ?? parsed(text.replace(PARTS, (part) => (part.startsWith('"') ? part : ' ')));
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
