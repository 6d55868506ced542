import { isAbsolute, relative, sep } from 'node:path';
import type { Proposal } from '../../transform.ts';
import { realPath } from '../real-path.ts';
import type { Composition } from '../composition.ts';
import { contentAt, hashOf, messageOf } from '../whole-file.ts';
import type { PlanDocument, PlannedFile } from './document.ts';

/** The text of a file of a plan as it is on disk, or why it cannot be used. */
async function textOf(
  { path, before, after }: PlannedFile,
  realRoot: string,
): Promise<{ readonly text: string | null } | { readonly reason: string }> {
  try {
    const seen = relative(realRoot, realPath(path));
    if (seen === '..' || seen.startsWith(`..${sep}`) || isAbsolute(seen))
      return { reason: 'leads out of the root of the plan, through a link' };
    if (/(?:^|[/\\])\.(?:git|hasten)(?:[/\\]|$)/i.test(seen))
      return { reason: 'leads into .git or .hasten, through a link' };
    const content = await contentAt(path);
    if (content === null)
      return before === null ? { text: null } : { reason: 'was deleted since the plan was made' };
    const hash = hashOf(content);
    if (hash === before) {
      const text = content.toString('utf8');
      return Buffer.from(text).equals(content) ? { text } : { reason: 'is no UTF-8' };
    }
    if (hash === after) return { reason: 'is already what the plan makes of it' };
    return { reason: `was ${before === null ? 'created' : 'changed'} since the plan was made` };
  } catch (error) {
    return { reason: `cannot be read: ${messageOf(error)}` };
  }
}

const inFileOrder = (a: Proposal, b: Proposal): number =>
  a.path === b.path ? a.start - b.start || a.end - b.end : a.path < b.path ? -1 : 1;

/** What a plan from a file applies, with the files as they are now: those that are not what the plan was made for are `unusable`. */
export async function openPlan(document: PlanDocument): Promise<Composition> {
  const { root, files, steps, findings, isFormatted } = document;
  const realRoot = realPath(root);
  const baselines = new Map<string, string | null>();
  const unusable = new Map<string, string>();
  for (const file of files) {
    const found = await textOf(file, realRoot);
    if ('text' in found) baselines.set(file.path, found.text);
    else unusable.set(file.path, found.reason);
  }
  const all = [...(steps[0]?.proposals ?? []), ...findings];
  return { steps, findings: all.toSorted(inFileOrder), baselines, unusable, isFormatted };
}
