import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Json } from '../run/json-value.ts';
import { asDecisions, asDecisionsFile, type Decision, type Decisions } from '../run/plan-file/decisions.ts';
import {
  asPlanDocument,
  documentOf,
  planText,
  planTexts,
  type PlanDocument,
} from '../run/plan-file/document.ts';
import { messageOf, replaceWhole } from '../run/whole-file.ts';
import { JsonError, parseLocatedJson } from './json.ts';
import { PACKAGE_ROOT } from './package-root.ts';
import type { Planned } from './plan.ts';
import { versionOf } from './version.ts';
import { UsageError } from '../errors.ts';

/**
 * The value in a JSON file; of text that is no JSON the line is told.
 * @throws {UsageError} which names the file.
 */
export function readJson(path: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`The ${what} ${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    try {
      return parseLocatedJson(text).value;
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      throw new UsageError(`${path}:${error.line}: this is no ${what}: ${error.message}.`, { cause: error });
    }
  }
}

function read<T>(path: string, what: string, as: (value: unknown) => T): T {
  const value = readJson(path, what);
  try {
    return as(value);
  } catch (error) {
    throw new UsageError(`${path}: this is no ${what}: ${messageOf(error)}.`, { cause: error });
  }
}

/**
 * Reads a plan that `run --plan` wrote.
 * @param root the folder of its files, where that is not the one that the plan names.
 * @throws {UsageError} which names the file and what is wrong with it, and where.
 */
export function readPlan(path: string, root?: string): PlanDocument {
  const document = read(path, 'plan', (value) => asPlanDocument(value, dirname(path), root));
  if (statSync(document.root, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(
      `${path}: its root ${document.root} is no folder; if the project is somewhere else now, say where with --root.`,
    );
  return document;
}

/**
 * Reads what was decided about the proposals of a plan.
 * @throws {UsageError} as `readPlan`.
 */
export const readDecisions = (path: string): Decisions =>
  read(path, 'file of decisions', (value) => asDecisionsFile(new Json(value, 'it')));

/**
 * Decisions that were handed over, by the ids of proposals.
 * @throws {UsageError} which says what is wrong.
 */
export function decisionsFrom(given: Decisions | Readonly<Record<string, Decision>>): Decisions {
  const all: object = given instanceof Map ? Object.fromEntries(given) : given;
  try {
    return asDecisions(new Json(all, 'decisions'));
  } catch (error) {
    throw new UsageError(`These are no decisions: ${messageOf(error)}.`, { cause: error });
  }
}

/**
 * The path of the plan that is to be written.
 * @throws {UsageError} where something else would be overwritten.
 */
export function checkedPlanPath(typed: string, cwd: string): string {
  const path = resolve(cwd, typed);
  if (!path.endsWith('.json') || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError(`--plan ${typed}: a plan is a .json file.`);
  if (!existsSync(dirname(path)))
    throw new UsageError(`--plan ${typed}: the folder ${dirname(path)} does not exist.`);
  if (!existsSync(path)) return path;
  const isPlan = /"format"[^]*"hasten"[^]*"root"/.test(readFileSync(path, 'utf8').slice(0, 500));
  if (!isPlan) throw new UsageError(`--plan ${typed}: there is a file of that name, and it is no plan.`);
  return path;
}

async function writeText(path: string, text: string): Promise<void> {
  const content = Buffer.from(text);
  await replaceWhole({ target: path, content, temporary: `${path}.${process.pid}.tmp` });
}

/** Writes a plan, whole or not at all. Throws what the file system says. */
export const writePlan = async (path: string, document: PlanDocument): Promise<void> =>
  writeText(path, planText(document, dirname(path)));

/**
 * Keeps what was planned in a .json file, for `apply` and for a review.
 * @throws {UsageError} where something else would be overwritten; else what the file system says.
 */
export async function savePlan(made: Planned, file: string): Promise<void> {
  const { cwd, root, asked, summaries } = made;
  const path = checkedPlanPath(file, cwd);
  await writePlan(path, documentOf(made, { hasten: versionOf(PACKAGE_ROOT), root, asked, summaries }));
}

/** Writes a plan again and again, with other decisions each time. */
export function planWriter(
  path: string,
  document: PlanDocument,
): (decisions: Decisions | undefined) => Promise<void> {
  let texts: ReturnType<typeof planTexts> | undefined;
  return async (decisions) => {
    texts ??= planTexts(document, dirname(path));
    await writeText(path, texts(decisions));
  };
}
