/**
 * Bundles the page of `hasten review --web` and `--format html` into dist/page: `tsx scripts/page.ts`. Tests call `buildPage` where
 * the bundle is missing or older than its sources.
 */
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const project = resolve(import.meta.dirname, '..');
const folder = join(project, 'dist/page');

/** What the bundle is made from. */
const SOURCES = ['src/page', 'src/review', 'scripts/page.ts', 'package-lock.json'];

function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Makes dist/page/page.js and page.css. Each is replaced whole, so that whoever reads meanwhile has the old one or the new one. */
export async function buildPage(): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: [
      { in: 'src/page/main.tsx', out: 'page' },
      { in: 'src/page/style/page.css', out: 'page' },
    ],
    outdir: folder,
    bundle: true,
    minify: true,
    write: false,
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
  for (const { path, contents } of outputFiles) {
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, contents);
    renameSync(temporary, path);
  }
}

/** Bundles the page unless it is there and newer than what it is made from. */
export async function ensurePage(): Promise<void> {
  const made = ['page.js', 'page.css'].map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
  const oldest = Math.min(...made.map((stats) => stats?.mtimeMs ?? 0));
  if (SOURCES.some((name) => newest(join(project, name)) > oldest)) await buildPage();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPage();
