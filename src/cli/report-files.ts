import { closeSync, existsSync, openSync, readSync, realpathSync, statSync, lstatSync } from 'node:fs';
import { dirname, join, resolve, basename } from 'node:path';
import {
  FORMAT_NAMES,
  FORMATS,
  isFormat,
  type FormatName,
  type ReportFormat,
} from '../review/reporters/formats.ts';
import type { ReportSource } from '../review/report-source.ts';
import type { Failure } from '../run/plan.ts';
import { isSource } from '../run/source-names.ts';
import { messageOf, replaceWhole } from '../run/whole-file.ts';
import { suggestion } from '../api/suggest.ts';
import { UsageError } from '../errors.ts';

/** A report that goes to a file. */
export interface ReportFile {
  readonly format: FormatName;
  /** Absolute path. */
  readonly path: string;
  /** As it was typed. */
  readonly typed: string;
}

/** How much of a file is looked at to tell what it is. */
const BEGINNING = 4096;

/** The beginning of a file; empty where it is empty. */
function beginningOf(path: string): string {
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(BEGINNING);
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, BEGINNING, 0));
  } finally {
    closeSync(handle);
  }
}

/** The end of a sentence about a path that no report may be written to; undefined where one may. */
function whyNot(path: string, { isLike }: ReportFormat): string | undefined {
  if (isSource(path)) return 'that is the name of source code, which no report takes the place of.';
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true)
    return `the folder ${dirname(path)} does not exist.`;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    return lstatSync(path, { throwIfNoEntry: false }) === undefined
      ? undefined
      : 'there is a link of that name that leads nowhere.';
  if (found.isDirectory()) return 'that is a folder.';
  if (!found.isFile()) return 'that is no regular file.';
  if (isSource(realpathSync(path))) return 'that is a link to source code.';
  const beginning = beginningOf(path);
  return beginning === '' || isLike(beginning)
    ? undefined
    : 'there is a file of that name, and it is no such report.';
}

/** The path without links on the way, so that two names of one file are told to be one. */
function realName(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return existsSync(folder) ? join(realpathSync(folder), basename(path)) : path;
  }
}

/**
 * The reports that `--report` asks for, each as `format=file`.
 * @param taken what else is written, by the option that names it: absolute paths.
 * @throws {UsageError} for a format that there is not, and a file that no report may take the place of.
 */
export function reportFilesOf(
  typed: readonly string[],
  cwd: string,
  taken: ReadonlyMap<string, string> = new Map(),
): readonly ReportFile[] {
  const names = new Map([...taken].map(([option, path]) => [realName(path), option]));
  return typed.map((one) => {
    const [, format = '', file = ''] = /^([^=]*)=([^]*)$/.exec(one) ?? [];
    const said = `--report ${one}`;
    if (format === '' || file.trim() === '')
      throw new UsageError(`${said}: say the format and the file, as in --report sarif=hasten.sarif.`);
    if (!isFormat(format))
      throw new UsageError(
        `${said}: there is no format \`${format}\`.${suggestion(format, FORMAT_NAMES)} There are: ${FORMAT_NAMES.join(', ')}.`,
      );
    const path = resolve(cwd, file);
    const reason = whyNot(path, FORMATS[format]);
    if (reason !== undefined) throw new UsageError(`${said}: ${reason}`);
    const real = realName(path);
    const other = names.get(real);
    if (other !== undefined) throw new UsageError(`${said}: ${other} goes to the same file.`);
    names.set(real, `--report ${one}`);
    return { format, path: real, typed: file };
  });
}

/** Writes the reports, each whole or not at all. Tells what could not be written; the others are. */
export async function writeReports(
  files: readonly ReportFile[],
  source: ReportSource,
): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const { format, path } of files) {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of FORMATS[format].render(source)) chunks.push(Buffer.from(chunk));
      const temporary = `${path}.${process.pid}.tmp`;
      await replaceWhole({ target: path, content: Buffer.concat(chunks), temporary });
    } catch (error) {
      failures.push({ path, reason: `the ${format} report cannot be written: ${messageOf(error)}` });
    }
  }
  return failures;
}
