import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { messageOf } from '../run/whole-file.ts';

/** The value of a YAML file, and where to look for each part of it. */
export interface LocatedYaml {
  readonly value: unknown;
  /** The line, from 1, of the value that `keys` lead to, or of the last one on the way that there is. */
  lineOf(keys: readonly (string | number)[]): number;
}

/** Why a text is no YAML. */
export interface YamlFaults {
  readonly faults: readonly { readonly line: number; readonly says: string }[];
}

/** Where the last of `keys` stands that there is: its own name, where it has one. */
function offsetOf(document: Document, keys: readonly (string | number)[]): number {
  let at: unknown = document.contents;
  let offset = startOf(at) ?? 0;
  for (const key of keys) {
    if (isMap(at)) {
      const pair = at.items.find(
        (one) => isPair(one) && isScalar(one.key) && String(one.key.value) === String(key),
      );
      if (pair === undefined) return offset;
      offset = startOf(pair.key) ?? offset;
      at = pair.value;
    } else if (isSeq(at)) {
      at = at.items[Number(key)];
      offset = startOf(at) ?? offset;
    } else return offset;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => (node as Partial<Node> | null)?.range?.[0];

/** Parses one YAML document. Of JSON too, which is YAML. */
export function parseYaml(text: string): LocatedYaml | YamlFaults {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = document.errors.map(({ pos: [offset], message }) => ({
    line: Math.max(1, lines.linePos(offset).line),
    says: `this is no YAML: ${message.replace(/\s+/g, ' ').replace(/\.?$/, '.')}`,
  }));
  if (faults.length > 0) return { faults };
  try {
    const value: unknown = document.toJS();
    return { value, lineOf: (keys) => Math.max(1, lines.linePos(offsetOf(document, keys)).line) };
  } catch (error) {
    // An alias without its anchor, or one of those that grow without end.
    return { faults: [{ line: 1, says: `this YAML cannot be used: ${messageOf(error)}.` }] };
  }
}
