/**
 * Bundles the page of `hasten review --web` and `--format html`, and that of `hasten batch status --web`, into dist/page: `tsx scripts/page.ts`. Tests
 * call `buildPage` where the bundles are missing or older than their sources.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const project = resolve(import.meta.dirname, '..');
const folder = join(project, 'dist/page');

/** What the bundles are made from. */
const SOURCES = ['src/page', 'src/review', 'scripts/page.ts', 'package-lock.json'];

function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** The licences of the packages that `inputs` of a bundle are from. */
function licencesOf(inputs: readonly string[]): string {
  const packages = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const texts = [...new Set(packages)].toSorted().map((place) => {
    const name = readdirSync(join(project, place)).find((file) => /^licen[cs]e/i.test(file));
    const text =
      name === undefined ? 'See its package.json.' : readFileSync(join(project, place, name), 'utf8');
    return `${place.replace(/^.*node_modules\//, '')}\n\n${text.trim()}\n`;
  });
  return texts.join('\n---\n\n');
}

/** Makes page.js, page.css, campaign.js, campaign.css and licences.txt in dist/page. Each is replaced whole, so that whoever reads meanwhile has the old one or the new one. */
export async function buildPage(): Promise<void> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: project,
    entryPoints: [
      { in: 'src/page/main.tsx', out: 'page' },
      { in: 'src/page/style/page.css', out: 'page' },
      { in: 'src/page/campaign/main.tsx', out: 'campaign' },
      { in: 'src/page/style/campaign.css', out: 'campaign' },
    ],
    outdir: folder,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // The diff view is made for React, which Preact stands in for.
    alias: { react: 'preact/compat', 'react/jsx-runtime': 'preact/jsx-runtime' },
    mainFields: ['module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"' },
    charset: 'utf8',
    legalComments: 'none',
    tsconfigRaw: {},
  });
  mkdirSync(folder, { recursive: true });
  const licences = Buffer.from(licencesOf(Object.keys(metafile.inputs)));
  for (const { path, contents } of [
    ...outputFiles,
    { path: join(folder, 'licences.txt'), contents: licences },
  ]) {
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, contents);
    renameSync(temporary, path);
  }
}

/** Bundles the pages unless they are there and newer than what they are made from. */
export async function ensurePage(): Promise<void> {
  const names = ['page.js', 'page.css', 'campaign.js', 'campaign.css'];
  const made = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
  const oldest = Math.min(...made.map((stats) => stats?.mtimeMs ?? 0));
  if (SOURCES.some((name) => newest(join(project, name)) > oldest)) await buildPage();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPage();
