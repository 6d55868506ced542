/** A worker thread that inspects files by their syntax alone: it is given batches of `GivenFile` and answers each with a `WorkerAnswer`. */
import { parentPort, workerData } from 'node:worker_threads';
import { createFacts } from '../facts/facts.ts';
import { parseFile, type ParsedFile } from '../syntax/file.ts';
import { loadNativeParser } from '../syntax/native/parser.ts';
import { recorderOf, type Recorder } from './asked.ts';
import { builtIn } from './catalog.ts';
import {
  inspectSyntax,
  parseFailure,
  type Assigned,
  type ChosenTransform,
  type Failure,
  type Surroundings,
} from './inspect.ts';
import type { FileAnswer, GivenFile, WorkerAnswer, WorkerTask } from './inspect-pool.ts';
import { readSource } from './read.ts';

const { cwd, root, fileTimeLimit, isRecorded, transforms } = workerData as WorkerTask;

await loadNativeParser();
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

/** The file parsed, or why it does not parse. */
function parsed({ path, text }: GivenFile): { readonly file: ParsedFile } | { readonly failure: Failure } {
  try {
    return { file: parseFile(path, text) };
  } catch (error) {
    return { failure: parseFailure(path, error) };
  }
}

async function answerTo(batch: readonly GivenFile[]): Promise<WorkerAnswer> {
  texts = new Map(batch.map(({ path, text }) => [path, text]));
  asked = new Map();
  const times = new Map<string, number>();
  const unparsed: FileAnswer[] = [];
  const assigned: (Assigned & Partial<Recorder>)[] = [];
  for (const given of batch) {
    const one = parsed(given);
    if ('file' in one)
      assigned.push({
        file: one.file,
        by: given.by.flatMap((place) => chosen[place] ?? []),
        ...(isRecorded ? recorderOf(around) : { around }),
      });
    else
      unparsed.push({
        path: given.path,
        isParsed: false,
        proposals: [],
        failures: [one.failure],
        asked: [],
      });
  }
  const found = await inspectSyntax(assigned, fileTimeLimit, ({ transform: { id } }, milliseconds) =>
    times.set(id, (times.get(id) ?? 0) + milliseconds),
  );
  const inspected = assigned.map(({ file, asked: questions }, at): FileAnswer => ({
    path: file.path,
    isParsed: true,
    proposals: (found[at] ?? []).flatMap(({ proposals }) => proposals),
    failures: (found[at] ?? []).flatMap(({ failures }) => failures),
    asked: questions?.(),
  }));
  return { files: [...unparsed, ...inspected], times, asked };
}

parentPort?.on('message', (batch: readonly GivenFile[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows of a browser.
  void answerTo(batch).then((answer) => parentPort?.postMessage(answer));
});
