import { compileProgram, type Observation } from './execution.ts';
import { EQUAL, schedulesFor, type Schedule } from './scheduler.ts';

/** A run in which the rewritten program did something else. */
export interface Divergence {
  /** What differs. */
  readonly about: 'result' | 'error' | 'state' | 'writes' | 'unhandled rejection' | 'time';
  readonly schedule: string;
  /** The label of the calls that failed. */
  readonly failing: string | undefined;
  readonly before: string;
  readonly after: string;
  /** What the program as it was fails with in that run. */
  readonly error: string | undefined;
}

/** Sets of schedules that are tried to see in which ways a program can fail by itself. */
const RACES = 12;

/** Whether something failed in that run, and the program tells of it. */
const hasFailed = ({ error, result }: Observation): boolean =>
  error !== undefined || /a mistake|injected|refused/.test(result ?? '');

/** A result without which of two failures a program caught: a mistake of its own, or the call that was made to fail. */
const asFailed = (result: string | undefined): string | undefined =>
  result?.includes('a mistake') === true || result?.includes('injected') === true
    ? result.replace(/"(a mistake|injected: (?:[^"\\]|\\.)*)"/g, '"failed"')
    : result;

function differenceOf(
  before: Observation,
  after: Observation,
  failing: string | undefined,
  errors: ReadonlySet<string | undefined>,
) {
  const lost = after.unhandled.filter((one) => !before.unhandled.includes(one));
  if (lost.length > 0)
    return { about: 'unhandled rejection', before: 'none', after: lost.join('; ') } as const;
  if (!errors.has(after.error))
    return { about: 'error', before: String(before.error), after: String(after.error) } as const;
  // The error of another call may have come first: then the rest may differ too.
  if (after.error !== before.error) return undefined;
  const isSame = before.result === after.result || asFailed(before.result) === asFailed(after.result);
  if (!isSame)
    return { about: 'result', before: String(before.result), after: String(after.result) } as const;
  if (before.writes.join('\n') !== after.writes.join('\n'))
    return { about: 'writes', before: before.writes.join('; '), after: after.writes.join('; ') } as const;
  if (before.state !== after.state)
    return { about: 'state', before: before.state, after: after.state } as const;
  // With a failure that the program hides the same holds.
  if (failing === undefined && after.time > before.time && !hasFailed(before))
    return { about: 'time', before: `${before.time}`, after: `${after.time}` } as const;
  return undefined;
}

/**
 * Runs a program before and after a rewrite on the same world, under several schedules, without a failure and with each of
 * its calls failing, and tells the first difference.
 *
 * What is promised for a rewrite that is called safe: the same result or the same error, the same changes of the world in the
 * same order, the same world and memory once everything came to rest, no rejection that nobody handles, and never more time.
 *
 * What is not promised: the order of reads, and whether a read that is not needed after a failure has begun. When two calls
 * fail on their own at once, the error that is seen is that of the first to fail. A call is made to fail by this test; the
 * other failure is then a mistake in the program, such as a property of null, which no engine can foresee. Errors that are
 * thrown on purpose are no such mistake: they are compared strictly, where the program does not race itself already. Nor is it promised that a failure shows as early as before:
 * where it comes after a value is awaited, what is awaited together with that value is waited for too.
 */
export async function divergenceOf(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  start: string,
  /** `mostFailures`: how many of the calls are made to fail, one at a time. */
  { seed = 1, entry = 'main', mostFailures = 8 } = {},
): Promise<Divergence | undefined> {
  const original = compileProgram(before, start, entry);
  let rewritten;
  try {
    rewritten = compileProgram(after, start, entry);
  } catch (error) {
    return {
      about: 'error',
      schedule: 'none',
      failing: undefined,
      before: 'compiles',
      after: String(error),
      error: undefined,
    };
  }
  const plain = await original.run(EQUAL);
  // A call that is made only after the rewrite may fail too.
  const labels = [...new Set([...plain.calls, ...(await rewritten.run(EQUAL)).calls])];
  const schedules = schedulesFor(labels, seed);
  const compared = async (schedule: Schedule, failing?: string): Promise<Divergence | undefined> => {
    const was = await original.run(schedule, failing);
    const is = await rewritten.run(schedule, failing);
    const errors = new Set([was.error]);
    if (failing !== undefined) {
      const { error } = await original.run(schedule);
      if (error === 'a mistake' || was.error === 'a mistake')
        errors.add('a mistake').add(`Error: injected: ${failing}`);
    }
    let found = differenceOf(was, is, failing, errors);
    // A failure that is caught may be caught later: what was awaited together with it is waited for too.
    if (found?.about === 'time' && [...before.values()].some((text) => /\bcatch\b/.test(text)))
      found = undefined;
    if (found?.about === 'unhandled rejection') {
      // A rejection that is heard too late is nobody's for a while: whether it is depends on which call is slower.
      const late = new Set(was.unhandled);
      for (let at = 1; at <= RACES; at++)
        for (const other of schedulesFor(labels, seed + at))
          for (const one of (await original.run(other, failing)).unhandled) late.add(one);
      if (is.unhandled.every((one) => late.has(one))) found = undefined;
    }
    if ((found?.about === 'result' || found?.about === 'state') && failing !== undefined) {
      // What was begun and is not waited for after a failure may be done before or after what follows, by itself.
      const results = new Set([`${was.result} ${was.state}`]);
      for (let at = 1; at <= RACES; at++)
        for (const other of schedulesFor(labels, seed + at)) {
          const run = await original.run(other, failing);
          results.add(`${run.result} ${run.state}`);
        }
      if (results.has(`${is.result} ${is.state}`)) found = undefined;
    }
    if (found?.about === 'error' && failing !== undefined) {
      // Calls that begin at once in the program as it was may fail in any order there too.
      for (let at = 1; at <= RACES && !errors.has(is.error); at++)
        for (const other of schedulesFor(labels, seed + at))
          errors.add((await original.run(other, failing)).error);
      const late: Schedule = {
        ...schedule,
        delayOf: (label) => (label === failing ? 1e6 : schedule.delayOf(label)),
      };
      errors.add((await original.run(late, failing)).error);
      // The call fails in the program as it was too, beside something that is heard of first.
      const isOwnRace = [...before.values()].some((text) => text.includes('Promise.all('));
      if (isOwnRace && was.calls.includes(failing)) errors.add(`Error: injected: ${failing}`);
      found = differenceOf(was, is, failing, errors);
    }
    return found && { ...found, schedule: schedule.name, failing, error: was.error };
  };
  for (const schedule of schedules) {
    const found = await compared(schedule);
    if (found !== undefined) return found;
  }
  const step = Math.max(1, Math.ceil(labels.length / Math.max(1, mostFailures)));
  const chosen = mostFailures === 0 ? [] : labels.filter((_, at) => at % step === seed % step);
  for (const failing of chosen) {
    for (const schedule of schedules) {
      const found = await compared(schedule, failing);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
