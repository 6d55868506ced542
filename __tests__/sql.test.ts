import { describe, expect, it } from 'vitest';

import { effectsOfSql, isStatement, isTransactionControl } from '../src/facts/orm/sql.ts';

const sorted = (text: string): readonly [string, string] | undefined => {
  const effects = effectsOfSql(text);
  return effects === undefined
    ? undefined
    : [effects.reads.toSorted().join(' '), effects.writes.toSorted().join(' ')];
};

/** A text, the tables that it reads, the tables that it writes. */
const KNOWN: readonly (readonly [text: string, reads: string, writes: string])[] = [
  ['select 1', '', ''],
  ['select * from users where id = ?', 'users', ''],
  [
    'SELECT u.*, p.title FROM "User" u LEFT JOIN public.posts AS p ON p.author_id = u.id, tags t WHERE lower(u.name) = $1 ORDER BY 1 LIMIT 5;',
    'posts tags user',
    '',
  ],
  ["select 'insert into x' from y -- delete from z\n where 1 = 1", 'y', ''],
  ['select /* from b */ 1 from a', 'a', ''],
  ['select "update" from a', 'a', ''],
  ['select extract(year from created_at) from a where b is distinct from c', 'a', ''],
  ["select trim(both 'x' from name) from a", 'a', ''],
  ['select * from (select * from a) x, b', 'a b', ''],
  ['select * from a where exists (select 1 from b) union select * from c', 'a b c', ''],
  ['(select 1 from a) union (select 2 from b)', 'a b', ''],
  ['select count(*)::int from t', 't', ''],
  ['select :a::int, @b from t where c = %s', 't', ''],
  ['select arr[1] from t', 't', ''],
  ['select * from [dbo].[User Table] u', 'user table', ''],
  ['select * from `a`.`b`', 'b', ''],
  ['select * from ?', '*', ''],
  ['select * from generate_series(1, 10) as g(n) join t on true', 't', ''],
  ['select count(*) filter (where a) over (partition by b) from t', 't', ''],
  ['select cast(a as decimal(10, 2)) from t', 't', ''],
  ["select id from t where created_at > now() - interval '1 day' limit ? offset ?", 't', ''],
  ['select * from orders o inner join order_items using (order_id)', 'order_items orders', ''],
  ['SELECT * FROM dbo.Users WITH (NOLOCK) WHERE id = @p1', 'users', ''],
  ['with x as (select * from a), y as (select * from x join b on true) select * from y', 'a b', ''],
  ['with users as (select * from users) select * from users', 'users', ''],
  ['with recursive t(n) as (values (1) union all select n + 1 from t) select sum(n) from t', '', ''],
  ['values (1)', '', ''],
  ['show tables', '*', ''],
  ['select $$; delete from a$$ from b', 'b', ''],
  ['insert into users (name, email) values (?, ?) returning id', '', 'users'],
  ['insert into a (x) select y from b where z in (select q from c)', 'b c', 'a'],
  ['insert into t (a) values (1) on conflict (a) do update set a = excluded.a', '', 't'],
  ['insert into t (a) values (1) on duplicate key update a = 1', '', 't'],
  ['insert ignore into t (a) values (1)', '', 't'],
  ['insert or replace into t values (?)', '', 't'],
  ['replace into t values (1)', '', 't'],
  ['insert into users ?', '*', '* users'],
  ["insert into t (a) values (nextval('s'))", '*', '* t'],
  ['update users set a = 1 where id in (select user_id from sessions)', 'sessions', 'users'],
  ['update u set x = 1 from users u', 'users', 'u users'],
  ['update only t set a = 1', '', 't'],
  ['delete from users where id = 1', '', '* users'],
  ['delete from a using b where a.id = b.id', 'b', '* a'],
  ['delete a from a join b on a.id = b.id', 'a b', '*'],
  ['truncate table a, b cascade', '', '* a b'],
  [
    'merge into t using s on t.id = s.id when matched then update set a = 1 when not matched then insert (a) values (1)',
    's',
    't',
  ],
  ['with d as (delete from a returning *) insert into b select * from d', '', '* a b'],
  ['select * from a; delete from b', 'a', '* b'],
  ['create table x (id int)', '', '*'],
  ['drop table x', '', '*'],
  ['alter table x add column y int', '', '*'],
];

/** Texts that may do more than they tell. */
const UNKNOWN: readonly string[] = [
  '',
  ';',
  '?',
  'users',
  'select * from a for update',
  'select * from a for no key update skip locked',
  'select * from a for share',
  'select * from a lock in share mode',
  'select * from a with (updlock)',
  "select nextval('s')",
  'select s.nextval from dual',
  'select next value for s',
  'select pg_advisory_lock(1)',
  "select set_config('a', 'b', true)",
  'select my_function(1)',
  'select "my_function"(1)',
  'select count.my_function(1) from t',
  'select * from my_function(1)',
  'select ?(1)',
  'select a into b from c',
  'select 1 delete from b',
  'select 1 exec p',
  'select * from a ?',
  'select * from a where b = 1 ? order by c',
  "select * from a where b = 'it\\'s'",
  "select 'a",
  'select /* a',
  'select /*! sql_no_cache */ 1',
  'select /* /* */ from a */ 1',
  "select 1 # don't\n; delete from a where b = 'c'",
  'select @a := 1',
  'explain analyze delete from a',
  'begin',
  'commit',
  'begin; select 1; commit',
  'call p()',
  'exec p',
  'lock table a',
  'set search_path to a',
  'copy a from stdin',
  'select 1)',
];

describe('effectsOfSql', () => {
  it.each(KNOWN)('%s', (text, reads, writes) => {
    expect(sorted(text)).toEqual([reads, writes]);
  });

  it.each(UNKNOWN)('does not tell: %s', (text) => {
    expect(effectsOfSql(text)).toBeUndefined();
  });

  it('tells the same with other white space, case and comments', () => {
    for (const [text] of KNOWN) {
      if (/['`"[]|\$\$/.test(text)) continue;
      expect(sorted(text.toUpperCase().replace(/ /g, '\n\t'))).toEqual(sorted(text));
      expect(sorted(`/* a */ ${text} -- b`)).toEqual(sorted(text));
    }
  });

  it('never takes a text for one that reads when a write is put behind it', () => {
    for (const [text] of KNOWN) {
      for (const write of [
        '; insert into extra values (1)',
        '; update extra set a = 1',
        '; drop table extra',
        ' delete from extra',
      ]) {
        const effects = effectsOfSql(text.replace(/;$/, '') + write);
        expect(effects === undefined || effects.writes.length > 0).toBe(true);
      }
    }
  });
});

describe('isTransactionControl', () => {
  it.each([
    'BEGIN',
    'begin transaction',
    'COMMIT;',
    'rollback to savepoint a',
    'SAVEPOINT a',
    'START TRANSACTION',
    'set transaction read only',
  ])('%s', (text) => {
    expect(isTransactionControl(text)).toBe(true);
  });

  it.each([
    'select begin from a',
    'update a set b = 1',
    'end_of_day()',
    'begin; delete from a; commit',
    'begin transaction delete from a',
  ])('not %s', (text) => {
    expect(isTransactionControl(text)).toBe(false);
  });
});

describe('isStatement', () => {
  it('tells a statement from a piece of one', () => {
    expect(isStatement('-- a\n (select 1)')).toBe(true);
    expect(isStatement('where a = 1')).toBe(false);
    expect(isStatement('count(*)')).toBe(false);
  });
});
