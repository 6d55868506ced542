import { createHash } from 'node:crypto';
import { decisionsJson } from '../../run/plan-file/decisions.ts';
import { canDecide } from '../deciding.ts';
import type { ReportSource } from '../report-source.ts';
import type { ReviewCode, ReviewDiff, ReviewSource } from '../review.ts';
import { reviewSource } from '../source.ts';
import { pageBundle } from '../web/page-bundle.ts';
import type { CarriedReview } from '../web/protocol.ts';
import { shell } from '../web/shell.ts';

/** JSON as it may stand in a script element: nothing in it ends the element, or begins a comment. */
const inScript = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The same for a script: its strings and patterns mean the same. */
const asInline = (script: string): string =>
  script.replace(/<(?=!--)/g, String.raw`\x3c`).replace(/<\/(?=script)/gi, String.raw`<\/`);

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The code that the evidence of a review speaks of, by place. */
async function codeOf({ review, codeAround }: ReviewSource): Promise<Record<string, ReviewCode>> {
  const code = new Map<string, ReviewCode>();
  for (const { evidence } of review.items)
    for (const { path, line } of evidence) {
      if (path === undefined || line === undefined || code.has(`${path}:${line}`)) continue;
      const found = await codeAround(path, line);
      if (found !== undefined) code.set(`${path}:${line}`, found);
    }
  return Object.fromEntries(code);
}

/** What each proposal does, by its id. */
async function diffsOf({ review, diffOf }: ReviewSource): Promise<Record<string, readonly ReviewDiff[]>> {
  const diffs: [string, readonly ReviewDiff[]][] = [];
  for (const { id } of review.items.filter(canDecide)) diffs.push([id, await diffOf(id)]);
  return Object.fromEntries(diffs);
}

/** A review as one file that needs nothing else: the page of `hasten review --web`, with everything that it shows. */
export async function htmlReport(report: ReportSource): Promise<string> {
  const { composition, changes, root, hasten, summaries, packageRoot, later } = report;
  const source = reviewSource({ composition, changes, root, hasten, summaries, decisions: new Map() });
  return reviewPage(source, packageRoot, later);
}

/**
 * The same for a review.
 * @param packageRoot the folder of this package, which has the bundle of the page.
 * @param later how what was decided is applied, a command line; the page only shows where there is none.
 */
export async function reviewPage(
  source: ReviewSource,
  packageRoot: string,
  later: string | undefined,
): Promise<string> {
  const { script, style } = pageBundle(packageRoot);
  const carried: CarriedReview = {
    mode: later === undefined ? 'read-only' : 'deciding',
    review: source.review,
    decisions: decisionsJson(source.decisions),
    later: later ?? '',
    diffs: await diffsOf(source),
    code: await codeOf(source),
  };
  const inline = asInline(script);
  const policy = `default-src 'none'; script-src ${hashOf(inline)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
  return shell(
    `${source.review.name} – hasten review`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n<style>${style}</style>`,
    `<div id="page"></div>\n<script type="application/json" id="review">${inScript(carried)}</script>\n<script>${inline}</script>`,
  );
}
