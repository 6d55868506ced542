import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fails, holds, assumed } from '../../src/evidence.ts';
import type { ReportSource } from '../../src/review/report-source.ts';
import type { FileChange } from '../../src/run/plan.ts';
import type { Proposal } from '../../src/transform.ts';
import { packageRoot } from '../command-line.ts';

/** Everything that means something to somebody. */
export const HOSTILE =
  '<script>alert(1)</script> </details> | a||b `x|y` ``q`` [a](http://evil.example) ![i](x) @octocat #123 GH-7 ' +
  '$x$ :bug: ]]> <![CDATA[ &amp; {0} {{ "quoted" \u0007\u001b[31m\u0000 *b* _i_ ~~s~~ \\| \ud800 漢😀 a%b, c:d\n::error::injected\r# heading';

/** A name of a file that is one on Linux. */
export const HOSTILE_NAME = 'a `b|c` <b>%20#d [x](y) é漢 @octocat ]]> "q" \'s\'\n::error::n.ts';

const TEXT = 'const a = `\n```\n</details>\n`;\nold(1);\nold(2);\nkept();\n';

/** A run over `folder` in which every text that a person or a program may choose is hostile. */
export function hostileSource(folder: string, mode: ReportSource['mode'] = 'dry-run'): ReportSource {
  const path = join(folder, 'sub', HOSTILE_NAME);
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(path, TEXT);
  const at = { path, line: 5 };
  const proposal = (id: string, start: number, rest: Partial<Proposal>): Proposal => ({
    id,
    transform: 'a-to-b',
    path,
    start,
    end: start + 6,
    title: `${HOSTILE} ${id}`,
    evidence: [holds(HOSTILE, at), assumed(`maybe ${HOSTILE}`)],
    safety: 'review',
    edits: [],
    ...rest,
  });
  const first = TEXT.indexOf('old(1)');
  const edit = { file: path, span: [first, first + 3] as const, code: ['`new`</details>'] };
  const done = proposal('aaaa', first, { edits: [edit] });
  const change: FileChange = {
    path,
    before: TEXT,
    after: TEXT.replace('old(1)', '`new`</details>(1)'),
    proposals: [done],
  };
  const ignored = { reason: HOSTILE, at, until: '2030-01-01', safety: 'safe' as const };
  return {
    command: mode === 'check' ? 'check' : 'run',
    mode,
    level: 'review',
    failOn: 'review',
    cwd: folder,
    root: folder,
    composition: { steps: [], findings: [], baselines: new Map(), isFormatted: true },
    hasten: '1.2.3',
    packageRoot,
    findings: [
      done,
      proposal('bbbb', TEXT.indexOf('old(2)'), { safety: 'report', evidence: [fails(HOSTILE)], ignored }),
      proposal('cccc', TEXT.indexOf('kept()'), { safety: 'report', evidence: [fails(HOSTILE)] }),
      proposal('dddd', TEXT.indexOf('kept()'), { safety: 'safe', evidence: [], inBaseline: true }),
    ],
    changes: [change],
    failures: [{ path, reason: HOSTILE, transform: 'a-to-b' }],
    skipped: [{ path, reason: HOSTILE }],
    warnings: [{ kind: 'unused', path, line: 1, says: HOSTILE }],
    transforms: ['a-to-b', 'finds-nothing'],
    summaries: new Map([['a-to-b', HOSTILE]]),
    files: { scanned: 3, matched: 2, parsed: 2, failed: 1 },
    json: () => ({ version: 1, files: {}, said: HOSTILE }),
  };
}
