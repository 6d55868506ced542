/** What a text of SQL reads and writes: names of tables in lower case and without their schema, `*` for any. */
export interface SqlEffects {
  readonly reads: string[];
  readonly writes: string[];
}

interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'hole' | 'mark';
  /** In lower case; without its quotes. */
  readonly text: string;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words of the language: none is the name of a function, a table or an alias. */
const KEYWORDS = words(`
  select distinct all from where and or not in exists any some as on using join inner left right full outer cross natural lateral
  group by having order limit offset fetch first next rows row only union intersect except minus values with recursive materialized
  case when then else is null true false between like ilike similar to escape over partition filter within window range
  groups unbounded preceding following current nulls last asc desc into set insert update delete merge replace returning conflict do
  nothing duplicate key matched default collate array interval at zone for cast ties percent tablesample ordinality rollup cube grouping sets
  straight_join force use ignore index top apply output key unique primary end separator constraint rlike regexp
  div mod xor sounds binary against`);

/** Words of the language after which a value is complete, so that a hole after them is no value. */
const ENDS_VALUE = words('null true false asc desc end');

/** Words of types that may have a length in parentheses. */
const TYPES = words(
  'varchar char character varying decimal numeric nvarchar nchar float double bit varbinary binary time timestamp timestamptz datetime datetime2 number varchar2',
);

/**
 * Functions that only compute. Any other may write: one that the database's owner made, or `nextval` and `pg_advisory_lock`.
 * Sources: https://www.postgresql.org/docs/current/functions.html, https://dev.mysql.com/doc/refman/en/functions.html,
 * https://www.sqlite.org/lang_corefunc.html
 */
const PURE_FUNCTIONS = words(`
  count sum min max avg total every bool_and bool_or bit_and bit_or stddev stddev_pop stddev_samp variance var_pop var_samp corr mode
  percentile_cont percentile_disc array_agg string_agg group_concat listagg xmlagg any_value approx_count_distinct count_big
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  coalesce nullif ifnull isnull nvl nvl2 iif if greatest least decode choose
  lower upper length char_length character_length octet_length len trim ltrim rtrim btrim substr substring left right lpad rpad replace
  translate reverse repeat concat concat_ws split_part position strpos instr locate charindex initcap ascii chr char format quote_literal
  quote_ident overlay md5 sha1 sha2 sha256 encode soundex levenshtein similarity word_similarity unaccent starts_with substring_index field
  find_in_set hex unhex printf glob stuff patindex replicate string_split to_char to_date to_timestamp to_number to_json to_jsonb row_to_json
  abs ceil ceiling floor round trunc truncate mod power pow sqrt exp ln log log10 log2 sign sin cos tan asin acos atan atan2 radians degrees pi
  random rand width_bucket div gcd
  now current_timestamp current_date current_time localtime localtimestamp clock_timestamp statement_timestamp transaction_timestamp
  getdate getutcdate sysdate sysdatetime sysutcdatetime curdate curtime utc_timestamp utc_date unix_timestamp from_unixtime date time datetime
  timestamp julianday strftime unixepoch date_trunc date_part date_bin datediff dateadd datepart datename date_add date_sub date_format
  timediff timestampdiff timestampadd str_to_date extract age make_date make_interval make_timestamp year month day hour minute second quarter
  week weekday dayofweek dayofmonth dayofyear yearweek monthname dayname last_day eomonth addtime timezone convert_tz adddate subdate
  cast convert try_cast try_convert safe_cast typeof pg_typeof row
  array unnest generate_series generate_subscripts cardinality array_length array_position array_positions array_to_string string_to_array
  array_append array_prepend array_cat array_remove array_upper array_lower array_dims array_ndims array_to_json
  openjson isjson json member_of gen_random_uuid uuid newid uuid_generate_v4
  to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank ts_rank_cd ts_headline setweight match
  grouping version current_user session_user current_schema database current_setting
  hstore point box int4range int8range numrange tsrange tstzrange daterange lower_inf upper_inf isempty ll_to_earth earth_distance earth_box`);

/** Families of functions that only compute: of JSON, regular expressions and PostGIS. */
const PURE_FAMILY = /^(?:jsonb?_|regexp_|st_)\w+$/;

/** Statements that change what tables there are, or the whole database. */
const DEFINES = words(
  'create alter drop rename comment grant revoke reindex vacuum analyze cluster refresh optimize',
);

/** Words that begin a statement of their own, or take a lock, where they do not belong to a known one. */
const DISTURBS = words(`
  insert update delete merge truncate create alter drop rename grant revoke exec execute call declare begin commit rollback savepoint
  release prepare lock updlock xlock holdlock tablock tablockx nextval currval copy listen notify vacuum into set output kill go`);

const CLAUSES = words(
  'where group having order limit offset fetch set select union intersect except minus returning window values',
);

const NAME = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const HOLE = /\?\d*|\$\d+|(?<!:):\p{L}\w*|@@?\p{L}\w*|%s|%\(\w+\)s/uy;
const NUMBER = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const MARK = /::|:=|<=|>=|<>|!=|\|\||->>|->|#>>|#>|@>|<@|&&|[^\s]/uy;

/** What `expression`, which is sticky, finds at `at`. */
function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}

/** Where the quotation that begins at `at` ends; undefined where databases disagree about that. */
function endOfQuoted(text: string, at: number, quote: string): number | undefined {
  for (let next = at + 1; next < text.length; next++) {
    if (text[next] === '\\' && quote === "'") return undefined;
    if (text[next] !== quote) continue;
    if (text[next + 1] !== quote) return next + 1;
    next++;
  }
  return undefined;
}

/** The end of the comment that begins at `at`; -1 where none begins; undefined where it may not be one. */
function endOfComment(text: string, at: number): number | undefined {
  if (text.startsWith('--', at)) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  if (!text.startsWith('/*', at)) return -1;
  const end = text.indexOf('*/', at + 2);
  // MySQL runs what stands in `/*! … */`, and only some databases nest comments.
  if (end < 0 || text[at + 2] === '!' || text[at + 2] === 'M' || text.slice(at + 2, end).includes('/*'))
    return undefined;
  return end + 2;
}

/** The tokens of `text`; undefined where it does not tell for certain which they are. */
function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    const comment = endOfComment(text, at);
    if (comment === undefined) return undefined;
    if (comment >= 0) {
      at = comment;
      continue;
    }
    if (char === "'" || char === '"' || char === '`') {
      const end = endOfQuoted(text, at, char);
      if (end === undefined) return undefined;
      tokens.push({ kind: char === "'" ? 'text' : 'name', text: text.slice(at + 1, end - 1).toLowerCase() });
      at = end;
      continue;
    }
    const dollar = /^\$(?:[a-z_]\w*)?\$/i.exec(text.slice(at, at + 40))?.[0];
    if (dollar !== undefined) {
      const end = text.indexOf(dollar, at + dollar.length);
      if (end < 0) return undefined;
      tokens.push({ kind: 'text', text: '' });
      at = end + dollar.length;
      continue;
    }
    const before = tokens.at(-1);
    const bracketed = char === '[' ? /^\[([\p{L}_][^\]\n,'"]*)\]/u.exec(text.slice(at, at + 140)) : null;
    if (bracketed !== null && (before === undefined || !isOperand(before) || before.text === '.')) {
      tokens.push({ kind: 'name', text: (bracketed[1] ?? '').toLowerCase() });
      at += bracketed[0].length;
      continue;
    }
    const found: Token | undefined =
      tokenAt(NAME, 'word', text, at) ??
      tokenAt(HOLE, 'hole', text, at) ??
      tokenAt(NUMBER, 'number', text, at) ??
      tokenAt(MARK, 'mark', text, at);
    // A lone `#` begins a comment in MySQL, and `:=` sets a variable there.
    if (found === undefined || found.text === '#' || found.text === ':=') return undefined;
    tokens.push(found);
    at += found.text.length;
  }
  return tokens;
}

function tokenAt(expression: RegExp, kind: Token['kind'], text: string, at: number): Token | undefined {
  const found = matchAt(expression, text, at);
  return found === undefined ? undefined : { kind, text: found.toLowerCase() };
}

/** Whether a value or a name is complete with this token. */
const isOperand = (token: Token): boolean =>
  token.kind === 'mark'
    ? token.text === ')' || token.text === ']'
    : token.kind !== 'word' || !KEYWORDS.has(token.text) || ENDS_VALUE.has(token.text);

/** A name that a `WITH` gives to a query, and where it may be used instead of a table. */
interface CommonTable {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Reads one statement. */
class Statement {
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();
  /** Whether something in it may do more than its words tell. */
  isUnsure = false;
  private readonly tokens: readonly Token[];
  private readonly commonTables: CommonTable[] = [];
  /** The table behind each alias. */
  private readonly aliases = new Map<string, string>();

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  private word(at: number): string | undefined {
    const token = this.tokens[at];
    return token?.kind === 'word' ? token.text : undefined;
  }

  private isMark(at: number, text: string): boolean {
    const token = this.tokens[at];
    return token?.kind === 'mark' && token.text === text;
  }

  /** The place of the parenthesis that closes the one at `open`. */
  private closingOf(open: number): number {
    let depth = 0;
    for (let at = open; at < this.tokens.length; at++) {
      if (this.isMark(at, '(')) depth++;
      if (this.isMark(at, ')') && --depth === 0) return at;
    }
    return this.tokens.length;
  }

  /** The place after words that may stand before the name of a table. */
  private skipModifiers(at: number): number {
    let next = at;
    for (;;) {
      const word = this.word(next);
      if (word === 'or') next += 2;
      else if (word === 'top' && this.isMark(next + 1, '(')) next = this.closingOf(next + 1) + 1;
      else if (
        word !== undefined &&
        /^(?:only|lateral|into|ignore|low_priority|high_priority|delayed|quick|table)$/.test(word)
      )
        next++;
      else return next;
    }
  }

  /** Takes the name of a table at `at`, and gives the place after it. */
  private table(at: number, access: 'read' | 'write'): number {
    let next = this.skipModifiers(at);
    if (this.isMark(next, '(')) return next;
    let token = this.tokens[next];
    if (token === undefined || token.kind === 'hole') {
      this.add('*', access);
      return next + 1;
    }
    if (token.kind !== 'name' && (token.kind !== 'word' || KEYWORDS.has(token.text))) {
      this.isUnsure = true;
      return next;
    }
    const start = next;
    while (this.isMark(next + 1, '.')) {
      next += 2;
      token = this.tokens[next];
      if (token === undefined || (token.kind !== 'name' && token.kind !== 'word')) {
        this.add('*', access);
        return next + 1;
      }
    }
    next++;
    // `FROM unnest(…)`: the scan looks at the function.
    if (access === 'read' && this.isMark(next, '(')) return next - 1;
    const name = token.text;
    const isCommon =
      next - start === 1 &&
      this.commonTables.some((one) => one.name === name && start > one.from && start < one.to);
    if (!isCommon) this.add(name, access);
    if (access === 'read') {
      const alias = this.tokens[this.word(next) === 'as' ? next + 1 : next];
      if (
        alias !== undefined &&
        (alias.kind === 'name' || (alias.kind === 'word' && !KEYWORDS.has(alias.text)))
      )
        this.aliases.set(alias.text, isCommon ? '*' : name);
    }
    return next;
  }

  private add(name: string, access: 'read' | 'write'): void {
    (access === 'read' ? this.reads : this.writes).add(name);
  }

  /** Finds the names that `WITH` at `at` gives, the scan comes to their queries later. */
  private commonTablesAt(at: number, end: number): void {
    const isRecursive = this.word(at + 1) === 'recursive';
    let next = isRecursive ? at + 2 : at + 1;
    for (;;) {
      const name = this.tokens[next];
      if (name === undefined || (name.kind !== 'word' && name.kind !== 'name')) return;
      let open = next + 1;
      if (this.isMark(open, '(')) open = this.closingOf(open) + 1;
      if (this.word(open) !== 'as') return;
      open++;
      while (this.word(open) === 'not' || this.word(open) === 'materialized') open++;
      if (!this.isMark(open, '(')) return;
      const close = this.closingOf(open);
      this.columnLists.add(next);
      this.commonTables.push({ name: name.text, from: isRecursive ? open : close, to: end });
      if (!this.isMark(close + 1, ',')) return;
      next = close + 2;
    }
  }

  /** The places of names before a list of columns: they look like calls of functions. */
  private readonly columnLists = new Set<number>();

  /** Whether a statement may begin at `at`: at its beginning, after `(`, or after the queries of a `WITH`. */
  private mayBegin(at: number): boolean {
    if (at === 0 || this.isMark(at - 1, '(')) return true;
    return this.isMark(at - 1, ')') && this.commonTables.some((one) => at > one.from && at < one.to);
  }

  private unsure(): undefined {
    this.isUnsure = true;
    return undefined;
  }

  read(): void {
    // The clause that each open parenthesis stands in, the innermost last.
    const clauses: (string | undefined)[] = [undefined];
    const closes: number[] = [this.tokens.length];
    const openers: (string | undefined)[] = [undefined];
    const enter = (clause: string): void => {
      clauses[clauses.length - 1] = clause;
    };
    let at = 0;
    while (at < this.tokens.length) {
      const token = this.tokens[at];
      if (token === undefined) return;
      const before = this.tokens[at - 1];
      if (token.kind === 'mark') {
        if (token.text === '(') {
          this.checkCall(at);
          clauses.push(undefined);
          closes.push(this.closingOf(at));
          openers.push(this.word(at - 1));
        } else if (token.text === ')') {
          if (clauses.length === 1) return this.unsure();
          clauses.pop();
          closes.pop();
          openers.pop();
        } else if (token.text === ',') {
          const clause = clauses.at(-1);
          if (clause === 'from' || clause === 'write') {
            at = this.table(at + 1, clause === 'from' ? 'read' : 'write');
            continue;
          }
        }
        at++;
        continue;
      }
      // A hole after a value is a piece of SQL that is not known.
      if (token.kind === 'hole' && token.text.startsWith('?') && before !== undefined && isOperand(before))
        this.unsure();
      if (token.kind === 'hole' && at === 0) this.unsure();
      if (token.kind !== 'word' || this.isMark(at - 1, '.')) {
        if (token.text === 'nextval' || token.text === 'currval') this.unsure();
        at++;
        continue;
      }
      const word = token.text;
      const next = this.word(at + 1);
      if (CLAUSES.has(word)) enter(word);
      if (word === 'with' && this.mayBegin(at)) {
        this.commonTablesAt(at, closes.at(-1) ?? this.tokens.length);
        at = next === 'recursive' ? at + 2 : at + 1;
      } else if (word === 'from') {
        const opener = openers.at(-1);
        const isPartOfValue =
          before?.text === 'distinct' && /^(?:is|not)$/.test(this.word(at - 2) ?? '')
            ? true
            : opener !== undefined &&
              /^(?:extract|trim|substring|overlay|position)$/.test(opener) &&
              clauses.at(-1) !== 'select';
        if (isPartOfValue) at++;
        else {
          enter('from');
          at = this.table(at + 1, 'read');
        }
      } else if (word === 'join' || word === 'apply' || word === 'straight_join' || word === 'using') {
        if (word === 'using' && !this.isMark(at + 1, '(')) enter('from');
        at = this.table(at + 1, 'read');
      } else if (word === 'table' && this.mayBegin(at)) {
        at = this.table(at + 1, 'read');
      } else if (word === 'update' && this.mayBegin(at)) {
        enter('write');
        at = this.table(at + 1, 'write');
      } else if ((word === 'insert' || word === 'replace') && this.mayBegin(at)) {
        at = this.table(at + 1, 'write');
        if (this.isMark(at, '(')) this.columnLists.add(at - 1);
      } else if (word === 'merge' && this.mayBegin(at)) {
        at = this.table(at + 1, 'write');
      } else if (word === 'delete' && this.mayBegin(at)) {
        // Rows of other tables may go with the ones that are deleted, or keep them from going.
        this.writes.add('*');
        const from = this.skipModifiers(at + 1);
        if (this.word(from) === 'from') at = this.table(from + 1, 'write');
        else if (this.isMark(from + 1, '.') || this.word(from + 1) !== 'where') at = from;
        else at = this.table(from, 'write');
      } else if (word === 'truncate' && this.mayBegin(at) && at === 0) {
        this.writes.add('*');
        enter('write');
        at = this.table(at + 1, 'write');
      } else if (word === 'for' && next !== undefined && /^(?:update|share|no|key)$/.test(next)) {
        return this.unsure();
      } else if (word === 'next' && next === 'value') {
        return this.unsure();
      } else if (word === 'update' && /^(?:do|key|then)$/.test(before?.text ?? '')) {
        at++;
      } else if (/^(?:delete|insert)$/.test(word) && before?.text === 'then') {
        if (word === 'insert' && this.isMark(at + 1, '(')) this.columnLists.add(at);
        at++;
      } else if (word === 'set' && this.writes.size > 0) {
        at++;
      } else if (DISTURBS.has(word) && !this.isFunction(at)) {
        this.unsure();
        at++;
      } else at++;
    }
    if (clauses.length !== 1) this.unsure();
    for (const name of this.writes) {
      const real = this.aliases.get(name);
      if (real !== undefined) this.writes.add(real);
    }
  }

  private isFunction(at: number): boolean {
    return this.isMark(at + 1, '(') && PURE_FUNCTIONS.has(this.word(at) ?? '');
  }

  /** Looks at what stands before the parenthesis at `open`: a function that may write makes it unsure. */
  private checkCall(open: number): void {
    const callee = this.tokens[open - 1];
    if (callee === undefined || callee.kind === 'mark' || callee.kind === 'number' || callee.kind === 'text')
      return;
    if (this.columnLists.has(open - 1)) return;
    const isOfSchema = this.isMark(open - 2, '.');
    if (callee.kind === 'word' && !isOfSchema) {
      if (KEYWORDS.has(callee.text) || PURE_FUNCTIONS.has(callee.text) || PURE_FAMILY.test(callee.text))
        return;
      if (TYPES.has(callee.text)) return;
      // `FROM f(…) AS alias(column)`.
      if (this.word(open - 2) === 'as' && this.isMark(open - 3, ')')) return;
    }
    this.isUnsure = true;
  }
}

/** The tokens between semicolons. */
function statementsOf(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'mark' && token.text === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

const QUERIES = words('select with values table insert replace update delete merge truncate');

function effectsOfStatement(tokens: readonly Token[]): SqlEffects | undefined {
  const first = tokens.find((token) => !(token.kind === 'mark' && token.text === '('));
  if (first === undefined || first.kind !== 'word') return undefined;
  if (DEFINES.has(first.text)) return { reads: [], writes: ['*'] };
  if (first.text === 'show' || first.text === 'describe') {
    const mayWrite = tokens.some((token) => DISTURBS.has(token.text) && token.text !== 'create');
    return mayWrite ? undefined : { reads: ['*'], writes: [] };
  }
  if (!QUERIES.has(first.text)) return undefined;
  const statement = new Statement(tokens);
  statement.read();
  if (statement.isUnsure) {
    if (statement.writes.size === 0) return undefined;
    statement.reads.add('*');
    statement.writes.add('*');
  }
  return { reads: [...statement.reads], writes: [...statement.writes] };
}

/**
 * What running a text of SQL reads and writes.
 *
 * Names of tables are in lower case and without their schema, so that two spellings of one table are the same; `*` stands for any.
 * Values that are not known are holes: `?`, `$1`, `:name`, `@name`. A deletion also writes `*`: foreign keys tie it to other tables.
 * Undefined where the text does not tell: it is no statement, it locks rows, calls a function that may write, runs a procedure, or
 * begins or ends a transaction. A text that only reads is never given for one that may write.
 */
export function effectsOfSql(text: string): SqlEffects | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const statements = statementsOf(tokens);
  if (statements.length === 0) return undefined;
  const reads = new Set<string>();
  const writes = new Set<string>();
  for (const statement of statements) {
    const effects = effectsOfStatement(statement);
    if (effects === undefined) return undefined;
    for (const name of effects.reads) reads.add(name);
    for (const name of effects.writes) writes.add(name);
  }
  return { reads: [...reads], writes: [...writes] };
}

/** Whether a text of SQL begins, ends or divides a transaction, or sets how one behaves. */
export const isTransactionControl = (text: string): boolean =>
  /^\s*(?:begin|commit|rollback|savepoint|release\s+savepoint|start\s+transaction|end\s*;?\s*$|abort|set\s+(?:local|transaction|constraints))\b/i.test(
    text,
  ) &&
  // A batch needs no semicolon between its statements in some databases.
  !/;\s*\S|\b(?:select|insert|update|delete|merge|truncate|exec|execute|call|create|alter|drop)\b/i.test(
    text,
  );

/** Whether a template of SQL is a whole statement, and not a piece to be put into one. */
export const isStatement = (text: string): boolean =>
  /^\s*(?:\(\s*)*(?:select|with|values|table|insert|replace|update|delete|merge|truncate|create|alter|drop|begin|commit|rollback|savepoint|call|exec|execute|do|set|show|lock|copy|explain|vacuum|analyze|refresh|grant|revoke|declare|pragma)\b/i.test(
    text.replace(/\/\*[^]*?\*\/|--[^\n]*/g, ' '),
  );
