import { describe, expect, it } from 'vitest';
import { counts, statementLog } from './postgres.ts';

/** A message as clients send it: its type, its length and its texts. */
function message(type: string, ...texts: readonly string[]): Buffer {
  const body = Buffer.from(texts.map((text) => `${text}\0`).join(''));
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const logOf = (...messages: readonly Buffer[]): readonly string[] => {
  const found: string[] = [];
  const log = statementLog((text) => found.push(text));
  for (const one of messages) log(one);
  return found;
};

describe('the log of statements', () => {
  it('has what is asked for at once', () => {
    expect(logOf(message('Q', 'select 1; select 2'))).toEqual(['select 1; select 2']);
  });

  it('has what is prepared each time that it is run, in one chunk or many', () => {
    const [parse, bind, run] = [message('P', '', 'select $1'), message('B', '', ''), message('E', '')];
    expect(logOf(parse, bind)).toEqual([]);
    expect(logOf(Buffer.concat([parse, bind, run, message('S')]))).toEqual(['select $1']);
    expect(logOf(parse, bind, run, run)).toEqual(['select $1', 'select $1']);
  });

  it('tells statements and portals apart by their names', () => {
    const prepared = [message('P', 'one', 'select 1'), message('P', 'two', 'select 2')];
    const bound = [message('B', 'a', 'two'), message('B', 'b', 'one')];
    expect(logOf(...prepared, ...bound, message('E', 'a'), message('E', 'b'))).toEqual([
      'select 2',
      'select 1',
    ]);
  });

  it('does not take the greeting for a statement', () => {
    const greeting = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
    expect(logOf(greeting, message('Q', 'select 1'))).toEqual(['select 1']);
  });
});

describe('what counts', () => {
  it.each([
    'select * from users',
    'SELECT 1 FROM users LIMIT 1',
    'insert into users values (1)',
    'with a as (select 1) select * from a',
    '/* a comment */ update users set name = $1',
    'select count(*) from settings',
    'select * from pg_users_of_mine.users',
    'declare rows cursor for select * from users',
    'fetch 100 from rows',
    'select now()',
  ])('%s', (statement) => {
    expect(counts(statement)).toBe(true);
  });

  it.each([
    '',
    'BEGIN',
    'START TRANSACTION;',
    'BEGIN ISOLATION LEVEL SERIALIZABLE',
    'COMMIT',
    'rollback to savepoint one',
    'SAVEPOINT one',
    'release savepoint one',
    "SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE",
    'SHOW SERVER_VERSION',
    'select version();',
    'SELECT version()',
    'SELECT 1+1 AS result',
    'select 1',
    'SELECT * FROM current_schema()',
    'SELECT typname, oid FROM pg_type WHERE typtype = $1',
    'SELECT ranges.rngtypid FROM pg_catalog.pg_range ranges',
    'select * from information_schema.columns where table_name = $1',
  ])('not %s', (statement) => {
    expect(counts(statement)).toBe(false);
  });
});
