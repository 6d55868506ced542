/** A worker thread that inspects files by their syntax alone: it is given batches of `GivenFile` and answers each with a `WorkerAnswer`. */
import { parentPort, workerData } from 'node:worker_threads';
import { createFacts } from '../facts/facts.ts';
import { parseFile, type ParsedFile } from '../syntax/file.ts';
import { builtIn } from './catalog.ts';
import { inspectSyntax, parseFailure, type ChosenTransform, type Surroundings } from './inspect.ts';
import type { FileInspected, GivenFile, WorkerAnswer, WorkerTask } from './inspect-pool.ts';
import { readSource } from './read.ts';

const { cwd, root, fileTimeLimit, transforms } = workerData as WorkerTask;

const chosen: ChosenTransform[] = [];
for (const { id, options } of transforms) {
  const transform = await builtIn(id);
  if (transform === undefined) throw new Error(`There is no transform ${id}.`);
  chosen.push({ transform, options });
}

let texts: ReadonlyMap<string, string> = new Map();
let asked = new Map<string, string | undefined>();
const facts = await createFacts({
  cwd,
  readText: (path) => texts.get(path),
  onRead: (path, text) => asked.set(path, text),
  isTyped: false,
});

function fileAt(path: string): ParsedFile | undefined {
  const source = readSource(path);
  try {
    return 'text' in source ? parseFile(path, source.text) : undefined;
  } catch {
    return undefined;
  }
}

const around: Surroundings = { facts, fileAt, root, fileTimeLimit };

async function inspected({ path, text, by }: GivenFile, times: Map<string, number>): Promise<FileInspected> {
  let file: ParsedFile;
  try {
    file = parseFile(path, text);
  } catch (error) {
    return { path, isParsed: false, proposals: [], failures: [parseFailure(path, error)] };
  }
  const mine = by.flatMap((place) => chosen[place] ?? []);
  const found = await inspectSyntax(mine, file, around, ({ transform: { id } }, milliseconds) =>
    times.set(id, (times.get(id) ?? 0) + milliseconds),
  );
  return {
    path,
    isParsed: true,
    proposals: found.flatMap(({ proposals }) => proposals),
    failures: found.flatMap(({ failures }) => failures),
  };
}

async function answerTo(batch: readonly GivenFile[]): Promise<WorkerAnswer> {
  texts = new Map(batch.map(({ path, text }) => [path, text]));
  asked = new Map();
  const times = new Map<string, number>();
  const files: FileInspected[] = [];
  for (const one of batch) files.push(await inspected(one, times));
  return { files, times, asked };
}

parentPort?.on('message', (batch: readonly GivenFile[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows of a browser.
  void answerTo(batch).then((answer) => parentPort?.postMessage(answer));
});
