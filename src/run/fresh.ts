import type { Composition } from './composition.ts';
import { contentAt, messageOf } from './whole-file.ts';

/** How the file at `path` differs from `text`: the end of a sentence about it; undefined where it does not. */
async function whyOther(path: string, text: string | null): Promise<string | undefined> {
  try {
    const content = await contentAt(path);
    if (content === null) return text === null ? undefined : 'was deleted meanwhile';
    if (text === null) return 'was created meanwhile';
    return content.equals(Buffer.from(text)) ? undefined : 'was changed meanwhile';
  } catch (error) {
    return `cannot be read any more: ${messageOf(error)}`;
  }
}

/** A composition in which files that are no longer as they were cannot be used: so that only what edits them is left out. */
export async function freshened(composition: Composition): Promise<Composition> {
  const baselines = new Map(composition.baselines);
  const unusable = new Map(composition.unusable);
  for (const [path, text] of composition.baselines) {
    const reason = await whyOther(path, text);
    if (reason === undefined) continue;
    baselines.delete(path);
    unusable.set(path, reason);
  }
  return { ...composition, baselines, unusable };
}
