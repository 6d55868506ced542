import type { Schedule, VirtualClock } from './scheduler.ts';

type Row = Record<string, unknown> & { id: number };

/** Everything outside of the memory of a program, and a record of how it was used. */
export interface World {
  /** What `import` of a package gives. Undefined where there is no such package. */
  readonly packages: ReadonlyMap<string, unknown>;
  /** Stands for the global `fetch`. */
  readonly fetch: (
    url: string,
    init?: { readonly method?: string; readonly body?: string },
  ) => Promise<unknown>;
  /** The labels of all calls, in the order of their beginning. */
  readonly calls: readonly string[];
  /** The labels of the calls that changed the world, in the order of the changes. */
  readonly writes: readonly string[];
  /** All rows, files, keys and messages, for a comparison. */
  state(): unknown;
}

/** Calls that one run of a program may make: a loop that does not end must not hang the tests. */
const MOST_CALLS = 3000;
/** Units of virtual time that a host with a rate limit wants between two calls. */
const LIMIT = 50;

/** A text that stands for a call: what is called, with which arguments. */
function labelOf(name: string, args: readonly unknown[]): string {
  const texts = args.map((one) => {
    try {
      return JSON.stringify(one) ?? String(one);
    } catch {
      return '…';
    }
  });
  return `${name}(${texts.join(', ')})`;
}

/** What makes the calls of one run take their time and fail. */
class Io {
  readonly calls: string[] = [];
  readonly writes: string[] = [];
  readonly clock: VirtualClock;
  private readonly schedule: Schedule;
  private readonly failing: string | undefined;

  constructor(clock: VirtualClock, schedule: Schedule, failing: string | undefined) {
    this.clock = clock;
    this.schedule = schedule;
    this.failing = failing;
  }

  /** A call that reads or changes the world by `act`. One that is to fail has no effect. */
  async call<T>(access: 'read' | 'write', name: string, args: readonly unknown[], act: () => T): Promise<T> {
    const label = labelOf(name, args);
    this.calls.push(label);
    if (this.calls.length > MOST_CALLS) throw new Error('The program does not end.');
    const perform = (): { readonly value: T } => {
      if (access === 'write') this.writes.push(label);
      return { value: structuredClone(act()) };
    };
    const isFailing = label === this.failing;
    const early = this.schedule.effectAt === 'start' && !isFailing ? perform() : undefined;
    await this.clock.sleep(this.schedule.delayOf(label));
    if (isFailing) throw new Error(`injected: ${label}`);
    return (early ?? perform()).value;
  }
}

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  user: [
    { id: 1, name: 'ann', n: 3 },
    { id: 2, name: 'bob', n: 5 },
    { id: 3, name: 'cho', n: 0 },
  ],
  post: [
    { id: 1, name: 'first', n: 2 },
    { id: 2, name: 'second', n: 7 },
  ],
  audit: [],
  accounts: [
    { id: 1, n: 4 },
    { id: 2, n: 1 },
  ],
};

const ANY_TABLE: readonly Row[] = [
  { id: 1, name: 'one', n: 1 },
  { id: 2, name: 'two', n: 2 },
];

class Tables {
  readonly rows = new Map<string, Row[]>(
    Object.entries(TABLES).map(([name, rows]) => [name, rows.map((row) => ({ ...row }))]),
  );

  /** The rows of a table, to read. Each table has some, whatever its name. */
  of(name: string): readonly Row[] {
    return this.rows.get(name) ?? ANY_TABLE;
  }
  /** The rows of a table, to change. */
  changed(name: string): Row[] {
    const rows = this.rows.get(name) ?? ANY_TABLE.map((row) => ({ ...row }));
    this.rows.set(name, rows);
    return rows;
  }
  add(name: string, row: Readonly<Record<string, unknown>>): Row {
    const rows = this.changed(name);
    const added = { id: rows.length + 1, ...row };
    rows.push(added);
    return added;
  }
  restore(saved: ReadonlyMap<string, readonly Row[]>): void {
    this.rows.clear();
    for (const [name, rows] of saved) this.rows.set(name, [...rows]);
  }
}

interface Query {
  readonly where?: { readonly id?: number };
  readonly data?: Readonly<Record<string, unknown>>;
  readonly create?: Readonly<Record<string, unknown>>;
  readonly update?: Readonly<Record<string, unknown>>;
}

const isRead = (method: string): boolean => /^(find|count)/.test(method);

/** What Prisma's methods do with the rows of one model. */
function answerOf(tables: Tables, model: string, method: string, query: Query): unknown {
  const rows = isRead(method) ? tables.of(model) : tables.changed(model);
  const { where, data } = query;
  const matching = where?.id === undefined ? rows : rows.filter(({ id }) => id === where.id);
  switch (method) {
    case 'findMany':
      return matching;
    case 'findFirst':
    case 'findUnique':
      return matching[0] ?? null;
    case 'findUniqueOrThrow':
      if (matching[0] === undefined) throw new Error(`refused: no ${model}`);
      return matching[0];
    case 'count':
      return matching.length;
    case 'create':
      return tables.add(model, data ?? {});
    case 'update':
    case 'updateMany':
      for (const row of matching) Object.assign(row, data);
      return { count: matching.length };
    case 'deleteMany':
      tables.rows.set(
        model,
        rows.filter((row) => !matching.includes(row)),
      );
      return { count: matching.length };
    default:
      throw new TypeError(`Prisma has no ${method} here.`);
  }
}

/** Prisma's models; `enter` is asked before each query, and told when it is over. */
function modelsOf(io: Io, tables: Tables, prefix: string, enter: () => () => void): object {
  const modelOf = (model: string): object =>
    new Proxy(
      {},
      {
        get: (_, method) => async (query: Query) => {
          const leave = enter();
          try {
            const access = isRead(String(method)) ? 'read' : 'write';
            return await io.call(access, `${prefix}.${model}.${String(method)}`, [query], () =>
              answerOf(tables, model, String(method), query ?? {}),
            );
          } finally {
            leave();
          }
        },
      },
    );
  return new Proxy({}, { get: (_, name) => modelOf(String(name)) });
}

/** A transaction takes one query at a time, and is undone when its callback fails. */
async function transactionOf(
  io: Io,
  tables: Tables,
  callback: (tx: object) => Promise<unknown>,
): Promise<unknown> {
  let isBusy = false;
  const saved = new Map([...tables.rows].map(([name, rows]) => [name, rows.map((row) => ({ ...row }))]));
  const enter = (): (() => void) => {
    if (isBusy) throw new Error('refused: the transaction is busy');
    isBusy = true;
    return () => {
      isBusy = false;
    };
  };
  try {
    return await callback(modelsOf(io, tables, 'tx', enter));
  } catch (error) {
    tables.restore(saved);
    throw error;
  }
}

const noLeave = (): void => {};

function prismaOf(io: Io, tables: Tables): unknown {
  const models = modelsOf(io, tables, 'prisma', () => noLeave);
  const $transaction = (callback: (tx: object) => Promise<unknown>) => transactionOf(io, tables, callback);
  // What a function returns is what `new` gives.
  function PrismaClient(): object {
    return new Proxy(
      {},
      { get: (_, name): unknown => (name === '$transaction' ? $transaction : Reflect.get(models, name)) },
    );
  }
  return { PrismaClient };
}

function filesOf(io: Io, files: Map<string, string>): unknown {
  const textOf = (path: string): string => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`ENOENT: ${path}`);
    return text;
  };
  return {
    readFile: (path: string, ...rest: unknown[]) =>
      io.call('read', 'readFile', [path, ...rest], () => textOf(path)),
    stat: (path: string) => io.call('read', 'stat', [path], () => ({ size: textOf(path).length })),
    readdir: (path: string) => io.call('read', 'readdir', [path], () => [...files.keys()]),
    writeFile: (path: string, text: unknown) =>
      io.call('write', 'writeFile', [path, text], () => void files.set(path, String(text))),
    appendFile: (path: string, text: unknown) =>
      io.call(
        'write',
        'appendFile',
        [path, text],
        () => void files.set(path, (files.get(path) ?? '') + String(text)),
      ),
    unlink: (path: string) => io.call('write', 'unlink', [path], () => void files.delete(path)),
  };
}

/** Hosts that remember what is posted. A host whose name begins with `limited` refuses calls that come too soon. */
class Hosts {
  readonly posted: string[] = [];
  private readonly lastCall = new Map<string, number>();

  answer(
    url: string,
    now: number,
  ): { readonly n: number; readonly items: readonly number[]; readonly next: number } {
    const host = /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? url;
    const last = this.lastCall.get(host);
    if (host.startsWith('limited') && last !== undefined && now - last < LIMIT)
      throw new Error(`refused: ${host} is asked too often`);
    this.lastCall.set(host, now);
    const page = Number(/page=(\d+)/.exec(url)?.[1] ?? 9);
    return { n: url.length + this.posted.length, items: [1, 2], next: page < 3 ? page + 1 : 0 };
  }
}

function axiosOf(io: Io, hosts: Hosts): unknown {
  const get = (url: string, ...rest: unknown[]) => {
    const began = io.clock.now;
    const asked = JSON.stringify(rest);
    return io.call('read', 'axios.get', [url, ...rest], () => ({
      data: rest.length === 0 ? hosts.answer(url, began) : { ...hosts.answer(url, began), asked },
    }));
  };
  const post = (url: string, body: unknown) =>
    io.call('write', 'axios.post', [url, body], () => {
      hosts.posted.push(`${url} ${JSON.stringify(body)}`);
      return { data: { n: hosts.posted.length, items: [], next: 0 } };
    });
  return { __esModule: true, default: { get, post }, get, post };
}

function redisOf(io: Io, keys: Map<string, string>): unknown {
  class Redis {
    get(key: string): Promise<string | null> {
      return io.call('read', 'redis.get', [key], () => keys.get(key) ?? null);
    }
    set(key: string, value: unknown): Promise<string> {
      return io.call('write', 'redis.set', [key, value], () => {
        keys.set(key, String(value));
        return 'OK';
      });
    }
    incr(key: string): Promise<number> {
      return io.call('write', 'redis.incr', [key], () => {
        const next = Number(keys.get(key) ?? 0) + 1;
        keys.set(key, String(next));
        return next;
      });
    }
  }
  return { __esModule: true, default: Redis, Redis };
}

function postgresOf(io: Io, tables: Tables): unknown {
  class Pool {
    query(text: string, values: readonly unknown[] = []): Promise<unknown> {
      const table = /(?:from|into|update)\s+(\w+)/i.exec(text)?.[1] ?? '';
      const isSelect = /^\s*select/i.test(text);
      return io.call(isSelect ? 'read' : 'write', 'pool.query', [text, values], () => {
        if (/^\s*insert/i.test(text)) tables.add(table, { n: values[0] });
        if (/^\s*update/i.test(text)) for (const row of tables.changed(table)) row['n'] = values[0];
        return { rows: tables.of(table) };
      });
    }
  }
  return { Pool, default: { Pool } };
}

/** A package that no table knows, with a state of its own that every call changes. */
function mysteryOf(io: Io, hidden: { total: number }): unknown {
  const change = (name: string) => (by: unknown) =>
    io.call('write', name, [by], () => {
      hidden.total = hidden.total * 2 + Number(by ?? 1);
      return hidden.total;
    });
  return { touch: change('touch'), getQuote: change('getQuote'), sync: change('sync') };
}

/** At most `concurrency` at a time, results in the order of the items, as p-map does it. */
async function pMap<T, R>(
  items: Iterable<T>,
  mapper: (item: T, index: number) => Promise<R>,
  { concurrency = Infinity }: { readonly concurrency?: number } = {},
): Promise<R[]> {
  const waiting = [...items].entries();
  const results: R[] = [];
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await mapper(item, index);
  };
  const workers = Math.min(concurrency, [...items].length);
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

/** As p-limit does it. */
function pLimit(
  concurrency: number,
): (run: (...args: unknown[]) => unknown, ...args: unknown[]) => Promise<unknown> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run, ...args) => {
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await run(...args);
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

/**
 * A new world, always with the same content. The calls take their time by `clock` and `schedule`; each call whose label is
 * `failing` rejects at its end. A label says what is called with which arguments: whether a call fails does not depend on the
 * order of calls, and all that fail give the same error.
 */
export function createWorld(clock: VirtualClock, schedule: Schedule, failing?: string): World {
  const io = new Io(clock, schedule, failing);
  const prismaTables = new Tables();
  const postgresTables = new Tables();
  const files = new Map([
    ['a.txt', 'alpha'],
    ['b.txt', 'beta!'],
    ['c.txt', 'gamma..'],
  ]);
  const hosts = new Hosts();
  const keys = new Map([
    ['k1', 'one'],
    ['k2', '2'],
  ]);
  const hidden = { total: 1 };
  const hash = (text: unknown, rounds: unknown) =>
    io.call('read', 'bcrypt.hash', [text, rounds], () => `#${String(text)}`);
  const bcrypt = { hash };
  const fetch: World['fetch'] = async (url, init) => {
    const isPost = init?.method !== undefined && init.method !== 'GET';
    const began = clock.now;
    const answer = await io.call(
      isPost ? 'write' : 'read',
      'fetch',
      init === undefined ? [url] : [url, init],
      () => {
        if (isPost) hosts.posted.push(`${url} ${init.body ?? ''}`);
        return hosts.answer(url, began);
      },
    );
    return { ok: true, status: 200, json: async () => answer };
  };
  return {
    packages: new Map<string, unknown>([
      ['@prisma/client', prismaOf(io, prismaTables)],
      ['node:fs/promises', filesOf(io, files)],
      ['axios', axiosOf(io, hosts)],
      ['ioredis', redisOf(io, keys)],
      ['pg', postgresOf(io, postgresTables)],
      ['bcrypt', { __esModule: true, default: bcrypt, ...bcrypt }],
      ['node:timers/promises', { setTimeout: (delay: number) => clock.sleep(delay) }],
      ['mystery', mysteryOf(io, hidden)],
      ['p-map', { __esModule: true, default: pMap }],
      ['p-limit', { __esModule: true, default: pLimit }],
    ]),
    fetch,
    calls: io.calls,
    writes: io.writes,
    state: () => ({
      prisma: Object.fromEntries(prismaTables.rows),
      postgres: Object.fromEntries(postgresTables.rows),
      files: Object.fromEntries(files),
      posted: hosts.posted,
      keys: Object.fromEntries(keys),
      hidden: hidden.total,
    }),
  };
}
