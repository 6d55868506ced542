const STAMP = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})$/;

/** Whether `name` is the id of a run. */
export const isRunId = (name: string): boolean => STAMP.test(name);

/** A time as an id: `20260131-184205-123`, in UTC. */
const stampOf = (time: number): string =>
  new Date(time).toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');

/** The time that an id was made from, in milliseconds. */
function timeOf(id: string): number {
  const [, year, month, day, hour, minute, second, millisecond] = (STAMP.exec(id) ?? []).map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, millisecond);
}

/** An id for a run that begins at `now`, in milliseconds. It sorts after `newest` also where the clock was set back. */
export const newRunId = (now: number, newest: string | undefined): string =>
  stampOf(newest === undefined ? now : Math.max(now, timeOf(newest) + 1));
