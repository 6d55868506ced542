import type { ReportSource } from '../report-source.ts';

/** A way to tell what a command found and did. */
export interface ReportFormat {
  /** What it is for: the end of a line in the documentation. */
  readonly is: string;
  /** The usual end of a file's name. */
  readonly extension: string;
  /** Whether it has everything, failures and counts too, so that nothing else need be told. */
  readonly isWhole?: true;
  /** Whether a file that begins like this may be such a report, so that it may be overwritten by one. */
  readonly isLike: (beginning: string) => boolean;
  readonly render: (source: ReportSource) => AsyncIterable<string>;
}

/** Every format, in the order in which it is listed. To add one is to add an entry; what it needs is loaded when it is asked for. */
export const FORMATS = {
  text: {
    is: 'for people, and in a pipe of `run` for `git apply`',
    extension: '.txt',
    isLike: (beginning) =>
      /^(# )?\S.*:\d+:\d+: (safe|review|report): |^diff --git |^(changed|created) /m.test(beginning),
    async *render(source) {
      const { plainReport } = await import('./plain.ts');
      yield* plainReport(source);
    },
  },
  json: {
    is: 'for scripts: one object, a stable shape',
    extension: '.json',
    isWhole: true,
    isLike: (beginning) => /^\{"version":1,"(files|proposals|run)"/.test(beginning),
    async *render(source) {
      yield `${JSON.stringify(await source.json())}\n`;
    },
  },
  ndjson: {
    is: 'for scripts, as it goes: one object a line',
    extension: '.ndjson',
    isWhole: true,
    isLike: (beginning) => beginning.startsWith('{"type":"start"'),
    async *render(source) {
      const { ndjsonReport } = await import('./ndjson.ts');
      yield* ndjsonReport(source);
    },
  },
  patch: {
    is: 'the changes alone, for `git apply`',
    extension: '.patch',
    isLike: (beginning) => beginning.startsWith('diff --git '),
    async *render(source) {
      const { patchReport } = await import('./patch.ts');
      yield* patchReport(source.changes, source.cwd);
    },
  },
  markdown: {
    is: 'for the text of a pull request, at most 60,000 characters',
    extension: '.md',
    isLike: (beginning) => beginning.startsWith('## hasten: '),
    async *render(source) {
      const { markdownReport } = await import('./markdown.ts');
      yield* markdownReport(source);
    },
  },
  sarif: {
    is: 'SARIF 2.1.0, for code scanning and editors, with fixes',
    extension: '.sarif',
    isLike: (beginning) => /"\$schema":"[^"]*sarif[^"]*".*"name":"hasten"/.test(beginning),
    async *render(source) {
      const { sarifReport } = await import('./sarif.ts');
      yield* sarifReport(source);
    },
  },
  github: {
    is: 'annotations, printed by a step of GitHub Actions',
    extension: '.txt',
    isLike: (beginning) => /^::(error|warning|notice) .*title=hasten/.test(beginning),
    async *render(source) {
      const { githubReport } = await import('./github.ts');
      yield* githubReport(source);
    },
  },
  html: {
    is: 'a page in one file, to look at and, of a dry run, to decide in',
    extension: '.html',
    isLike: (beginning) => /^<!doctype html>[^]*hasten review<\/title>/i.test(beginning),
    async *render(source) {
      const { htmlReport } = await import('./html.ts');
      yield await htmlReport(source);
    },
  },
  junit: {
    is: 'JUnit XML, for build servers: a finding that fails the check is a failed test',
    extension: '.xml',
    isLike: (beginning) => beginning.includes('<testsuites name="hasten"'),
    async *render(source) {
      const { junitReport } = await import('./junit.ts');
      yield* junitReport(source);
    },
  },
} as const satisfies Readonly<Record<string, ReportFormat>>;

/** The name of a format. */
export type FormatName = keyof typeof FORMATS;

/** The names of all formats. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** Whether there is a format of that name. */
export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);
