import * as fc from 'fast-check';
import { block, line, textOf, type Block, type Piece, type Program } from './program.ts';

/** What an expression gives, as far as it matters for what may be done with it. */
type Kind = 'num' | 'str' | 'text' | 'rows' | 'row' | 'stat' | 'answer' | 'result' | 'response' | 'any';

interface Variable {
  readonly name: string;
  readonly kind: Kind;
}

/** A call that gives a promise. */
interface Call {
  readonly text: string;
  readonly kind: Kind;
}

/** A function of the program: it takes a number. */
interface Callable {
  readonly name: string;
  readonly kind: Kind;
  /** What its author meant it to do: `read` has no effect. */
  readonly purpose: Purpose;
}

type Purpose = 'read' | 'memory' | 'write' | 'guard' | 'unknown' | 'mixed';

/** Where random decisions come from. */
class Choices {
  private readonly next: (most: number) => number;
  private count = 0;
  constructor(next: (most: number) => number) {
    this.next = next;
  }
  below(count: number): number {
    return this.next(count - 1);
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
  one<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }
  /** One of several ways, each as often as its weight says. */
  way<T>(...ways: readonly [readonly [weight: number, make: () => T], ...(readonly [number, () => T])[]]): T {
    let at = this.below(ways.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, make] of ways) {
      if (at < weight) return make();
      at -= weight;
    }
    return ways[0][1]();
  }
  /** A name that nothing else has. */
  name(stem: string): string {
    return `${stem}${++this.count}`;
  }
}

/** What can be used at a place of the program. */
interface Place {
  readonly choices: Choices;
  readonly variables: readonly Variable[];
  readonly callables: readonly Callable[];
  /** How deep blocks may nest from here. */
  readonly depth: number;
  /** Whether the variables of the main file can be assigned. */
  readonly isMain: boolean;
  /** Whether a loop is around it, within the same function. */
  readonly inLoop: boolean;
}

const among = (place: Place, ...kinds: readonly Kind[]): readonly Variable[] =>
  place.variables.filter(({ kind }) => kinds.includes(kind));

const FILES = ["'a.txt'", "'b.txt'", "'c.txt'"] as const;
const MODELS = ['user', 'post', 'audit'] as const;
const KEYS = ["'k1'", "'k2'"] as const;

/** A number out of a variable; sometimes in a way that throws. */
function numberOf({ choices }: Place, { name, kind }: Variable): string {
  switch (kind) {
    case 'num':
      return name;
    case 'str':
      return `${name}.length`;
    case 'text':
      return `String(${name}).length`;
    case 'rows':
      return choices.chance(6) ? `${name}[9].n` : `${name}.length`;
    case 'row':
      return choices.chance(10) ? `${name}.n` : `(${name}?.n ?? 0)`;
    case 'stat':
      return `${name}.size`;
    case 'answer':
      return `${name}.data.n`;
    case 'result':
      return `${name}.rows.length`;
    case 'response':
      return `${name}.status`;
    case 'any':
      return choices.one([
        `String(${name}).length`,
        `String(${name}).length`,
        `JSON.stringify([${name}]).length`,
        `\`\${${name}}\`.length`,
        `[${name}].flat().length`,
        `Object.keys(Object(${name})).length`,
        `((${name} as any)?.length ?? 0)`,
      ]);
  }
}

function number(place: Place): string {
  const { choices, variables } = place;
  const variable = variables[choices.below(Math.max(1, variables.length))];
  return choices.way(
    [8, () => String(choices.below(4))],
    [variable === undefined ? 0 : 5, () => (variable === undefined ? '1' : numberOf(place, variable))],
    [
      1,
      () => choices.one(['total', 'box.n', 'box.inner.n', 'seen.length', "(cache.get('a') ?? 0)", 'alias.n']),
    ],
    [1, () => choices.one(['double(2)', 'next()', 'limited(1)', 'service.size'])],
  );
}

/** A call of a library that only reads. */
function libraryRead(place: Place, item?: string): Call {
  const { choices } = place;
  const value = item ?? number(place);
  const model = choices.one(MODELS);
  const isOfItem = item !== undefined && choices.chance(70);
  const file = (): string => (isOfItem ? `('abc'[${value} % 3] ?? 'a') + '.txt'` : choices.one(FILES));
  return choices.way<Call>(
    [2, () => ({ text: `readFile(${file()}, 'utf8')`, kind: 'str' })],
    [1, () => ({ text: `stat(${file()})`, kind: 'stat' })],
    [2, () => ({ text: `prisma.${model}.findMany({ where: { n: { gt: ${value} } } })`, kind: 'rows' })],
    [3, () => ({ text: `prisma.${model}.findUnique({ where: { id: ${value} } })`, kind: 'row' })],
    [1, () => ({ text: `prisma.${model}.count()`, kind: 'num' })],
    [
      item === undefined ? 2 : 5,
      () => ({
        text: `axios.get(\`https://${choices.one(['one', 'two'])}.test/\${${value}}\`)`,
        kind: 'answer',
      }),
    ],
    [1, () => ({ text: `fetch(\`https://three.test/\${${value}}\`)`, kind: 'response' })],
    [2, () => ({ text: `redis.get(${isOfItem ? `\`k\${${value}}\`` : choices.one(KEYS)})`, kind: 'text' })],
    [1, () => ({ text: `pool.query('SELECT * FROM accounts WHERE id = $1', [${value}])`, kind: 'result' })],
    [1, () => ({ text: `bcrypt.hash(String(${value}), 10)`, kind: 'str' })],
  );
}

/** A call of a library that changes something. */
function libraryWrite(place: Place, item?: string): Call {
  const { choices } = place;
  const value = item ?? number(place);
  const model = choices.one(MODELS);
  return choices.way<Call>(
    [2, () => ({ text: `writeFile(${choices.one(FILES)}, String(${value}))`, kind: 'any' })],
    [1, () => ({ text: `appendFile(${choices.one(FILES)}, String(${value}))`, kind: 'any' })],
    [2, () => ({ text: `prisma.${model}.create({ data: { name: 'new', n: ${value} } })`, kind: 'row' })],
    [2, () => ({ text: `prisma.${model}.update({ where: { id: 1 }, data: { n: ${value} } })`, kind: 'any' })],
    [3, () => ({ text: `axios.post('https://one.test/', { n: ${value} })`, kind: 'answer' })],
    [1, () => ({ text: `redis.set(${choices.one(KEYS)}, ${value})`, kind: 'any' })],
    [1, () => ({ text: `redis.incr(${choices.one(KEYS)})`, kind: 'num' })],
    [1, () => ({ text: `pool.query('UPDATE accounts SET n = $1', [${value}])`, kind: 'result' })],
  );
}

/** A call of one of the program's functions, if there is one that is meant for one of `purposes`. */
function ownCall(place: Place, purposes: readonly Purpose[], item?: string): Call | undefined {
  const fitting = place.callables.filter(({ purpose }) => purposes.includes(purpose));
  const callable = fitting[place.choices.below(Math.max(1, fitting.length))];
  return callable && { text: `${callable.name}(${item ?? number(place)})`, kind: callable.kind };
}

const readCall = (place: Place, item?: string): Call =>
  place.choices.way<Call>(
    [5, () => libraryRead(place, item)],
    [3, () => ownCall(place, ['read'], item) ?? libraryRead(place, item)],
  );

/** Any call. */
const anyCall = (place: Place, item?: string): Call =>
  place.choices.way<Call>(
    [7, () => readCall(place, item)],
    [2, () => libraryWrite(place, item)],
    [
      5,
      () =>
        ownCall(place, ['memory', 'write', 'guard', 'unknown', 'mixed'], item) ?? libraryRead(place, item),
    ],
    [
      1,
      () => ({
        text: `${place.choices.one(['touch', 'getQuote', 'sync'])}(${item ?? number(place)})`,
        kind: 'num',
      }),
    ],
    [
      1,
      () => ({
        text: `prisma.user.findUniqueOrThrow({ where: { id: ${item ?? number(place)} } })`,
        kind: 'row',
      }),
    ],
  );

/** A statement that waits for nothing: it changes memory. */
const syncStatement = (place: Place): Piece => {
  const value = number(place);
  const objects = among(place, 'any', 'rows', 'row', 'answer');
  const object = objects[place.choices.below(Math.max(1, objects.length))];
  if (object !== undefined && place.choices.chance(30)) {
    const { name } = object;
    const change = `{ const same: any = ${name}; if (Array.isArray(same)) same.push(${value}); }`;
    return line(place.choices.one([`mark(${name});`, `[${name}].forEach(mark);`, change]));
  }
  return line(
    place.choices.one([
      `setTotal(${value});`,
      `cache.set('a', ${value});`,
      `seen.push(${value});`,
      `box.n = ${value};`,
      'box.inner.n++;',
      'alias.n += 2;',
      'next();',
      'service.size++;',
      `out.push(${value});`,
      `console.log(${value});`,
      `limited(${value});`,
    ]),
  );
};

interface Made {
  readonly pieces: readonly Piece[];
  readonly variables: readonly Variable[];
}

const nothingNew = (...pieces: readonly Piece[]): Made => ({ pieces, variables: [] });

/** A declaration of what a call gives. */
function declaration(place: Place, call: Call): Made {
  const { choices } = place;
  const name = choices.name('v');
  const keyword = choices.one(['const', 'const', 'const', 'let', 'var'] as const);
  const plain = (): Made => ({
    pieces: [line(`${keyword} ${name} = await ${call.text};`)],
    variables: [{ name, kind: call.kind }],
  });
  const annotated = (): Made => ({
    pieces: [line(`${keyword} ${name}: any = await ${call.text};`)],
    variables: [{ name, kind: call.kind }],
  });
  const later = (): Made => ({
    pieces: [line(`let ${name};`), line(`${name} = await ${call.text};`)],
    variables: [{ name, kind: call.kind }],
  });
  if (choices.chance(75)) return plain();
  switch (call.kind) {
    case 'answer':
      return choices.way(
        [
          2,
          () => ({
            pieces: [line(`const { data: ${name} } = await ${call.text};`)],
            variables: [{ name, kind: 'any' }],
          }),
        ],
        [
          1,
          () => ({
            pieces: [line(`const { data: { n: ${name} = ${number(place)} } } = await ${call.text};`)],
            variables: [{ name, kind: 'num' }],
          }),
        ],
        [1, later],
      );
    case 'rows':
      return choices.way(
        [
          1,
          () => ({
            pieces: [line(`const [${name} = null] = await ${call.text};`)],
            variables: [{ name, kind: 'row' }],
          }),
        ],
        [
          1,
          () => ({
            pieces: [line(`const ${name} = (await ${call.text}).length;`)],
            variables: [{ name, kind: 'num' }],
          }),
        ],
        [1, annotated],
      );
    case 'row':
      return choices.way(
        [
          1,
          () => ({
            pieces: [line(`const { n: ${name} = ${number(place)} } = (await ${call.text}) ?? {};`)],
            variables: [{ name, kind: 'num' }],
          }),
        ],
        [
          1,
          () => ({
            pieces: [line(`const { n: ${name} } = await ${call.text};`)],
            variables: [{ name, kind: 'num' }],
          }),
        ],
        [1, later],
      );
    default:
      return choices.way([1, annotated], [1, later]);
  }
}

/** Several awaits that only read, one after the other. */
function runOfReads(place: Place): Made {
  const pieces: Piece[] = [];
  const variables: Variable[] = [];
  const count = 2 + place.choices.below(3);
  for (let at = 0; at < count; at++) {
    const around = place.choices.chance(25)
      ? { ...place, variables: [...place.variables, ...variables] }
      : place;
    const made = declaration(around, readCall(around));
    pieces.push(...made.pieces);
    variables.push(...made.variables);
    if (place.choices.chance(12)) pieces.push(syncStatement(around));
  }
  return { pieces, variables };
}

/** Several awaits within one expression. */
function oneExpression(place: Place): Made {
  const { choices } = place;
  const name = choices.name('made');
  const call = (): string => `await ${(choices.chance(75) ? readCall(place) : anyCall(place)).text}`;
  const text = choices.one([
    () => `{ a: ${call()}, b: ${call()} }`,
    () => `{ a: ${call()}, b: ${number(place)}, c: ${call()} }`,
    () => `[${call()}, ${call()}, ${call()}]`,
    () => `\`\${JSON.stringify(${call()})} \${JSON.stringify(${call()})}\``,
    () => `pair(${call()}, ${call()})`,
    () => `new Pair(${call()}, ${call()})`,
    () => `pair(${number(place)}, ${call()}, ${call()})`,
    () => `pair(box.n, ${call()}, box.n)`,
    () => `pair(box.n++, ${call()}, ${call()})`,
    () => `[${call()}, seen.length, ${call()}]`,
    () => `(${call()}, ${call()})`,
    () => `(${number(place)} > 1 ? ${call()} : ${call()})`,
    () => `(${number(place)} > 1 && ${call()}) || ${call()}`,
    () => `{ ...${call()}, b: ${call()} }`,
  ])();
  return { pieces: [line(`const ${name} = ${text};`)], variables: [{ name, kind: 'any' }] };
}

/** Several variables in one declaration, of which later ones may need earlier ones. */
function declarators(place: Place): Made {
  const { choices } = place;
  const variables: Variable[] = [];
  const parts: string[] = [];
  const count = 2 + choices.below(3);
  for (let at = 0; at < count; at++) {
    const around = choices.chance(60) ? { ...place, variables: [...place.variables, ...variables] } : place;
    const name = choices.name('v');
    const made = choices.way<Call>(
      [4, () => readCall(around)],
      [1, () => anyCall(around)],
      [2, () => ({ text: number(around), kind: 'num' })],
    );
    const isPlain = made.kind === 'num' && /^[\w.]*$/.test(made.text);
    parts.push(`${name} = ${isPlain ? '' : 'await '}${made.text}`);
    variables.push({ name, kind: made.kind });
  }
  return { pieces: [line(`${choices.one(['const', 'let'])} ${parts.join(', ')};`)], variables };
}

/** Assignments within one expression: each may need the one before. */
function assignments(place: Place): Made {
  const { choices } = place;
  const [first, second] = [choices.name('v'), choices.name('v')];
  const one = readCall(place);
  const two = anyCall({ ...place, variables: [...place.variables, { name: first, kind: one.kind }] });
  return {
    pieces: [
      line(`let ${first}: any = 0, ${second}: any = ${number(place)};`),
      line(
        choices.one([
          `${first} = await ${one.text}, ${second} = await ${two.text};`,
          `${second} += Number(${first} = await ${one.text}) + Number(await ${two.text});`,
          `if ((${first} = await ${one.text}) && (${second} = await ${two.text})) seen.push(1);`,
          `pair(${first} = await ${one.text}, ${second} = await ${two.text});`,
        ]),
      ),
    ],
    variables: [
      { name: first, kind: one.kind },
      { name: second, kind: 'any' },
    ],
  };
}

function existingAll(place: Place): Made {
  const [one, two] = [anyCall(place), readCall(place)];
  const [first, second] = [place.choices.name('v'), place.choices.name('v')];
  return {
    pieces: [line(`const [${first}, ${second}] = await Promise.all([${one.text}, ${two.text}]);`)],
    variables: [
      { name: first, kind: one.kind },
      { name: second, kind: two.kind },
    ],
  };
}

function exit(place: Place): Piece {
  const { choices } = place;
  const condition = `${number(place)} > ${choices.below(5)}`;
  const leave = choices.way(
    [3, () => `return ${choices.one(['{ early: true }', 'null', number(place)])};`],
    [2, () => `throw new Error('refused: ${choices.name('case ')}');`],
    [place.inLoop ? 4 : 0, () => choices.one(['break;', 'continue;'])],
  );
  return line(`if (${condition}) ${leave}`);
}

function tryBlock(place: Place): Made {
  const { choices } = place;
  const flag = choices.name('flag');
  const inner = { ...place, depth: place.depth - 1 };
  const body = statements(inner, 2 + choices.below(2));
  const catching = { head: '} catch (error) {', body: [line(`out.push(['caught', told(error), ${flag}]);`)] };
  const finishing = {
    head: '} finally {',
    body: choices.chance(50) ? [line(`out.push(['finally', ${flag}, total]);`)] : [syncStatement(place)],
  };
  const sections = [
    {
      head: 'try {',
      body: body.flatMap((piece, at) =>
        at > 0 && choices.chance(20) ? [line(`${flag} = ${at};`), piece] : [piece],
      ),
    },
    ...choices.one([[catching], [catching, finishing], [finishing]]),
  ];
  return nothingNew(line(`let ${flag} = 0;`), { kind: 'block', sections, close: '}' });
}

/** A call within one turn of a loop. */
const turnCall = (place: Place, item: string): Call =>
  place.choices.chance(75) ? readCall(place, item) : anyCall(place, item);

/** A loop with what it gathers. */
function loop(place: Place): Made {
  const { choices } = place;
  const item = choices.name('item');
  const value = choices.name('value');
  const sum = choices.name('gathered');
  const call = turnCall(place, item);
  const inside: Place = {
    ...place,
    depth: place.depth - 1,
    variables: [...place.variables, { name: item, kind: 'num' }, { name: value, kind: call.kind }],
  };
  const found = numberOf(inside, { name: value, kind: call.kind });
  const rows = among(place, 'rows');
  const row = rows[choices.below(Math.max(1, rows.length))];
  const items = choices.way(
    [4, () => '[1, 2, 3]'],
    [1, () => '[3, 1]'],
    [1, () => 'ids'],
    [1, () => '[...seen]'],
    [1, () => 'cache.values()'],
    [row === undefined ? 0 : 3, () => (row === undefined ? 'ids' : `${row.name}.map((row: any) => row.id)`)],
  );
  const gather = choices.way<{ readonly start: string; readonly turn: string }>(
    [
      8,
      () => ({
        start: `const ${sum}: any[] = [];`,
        turn: `${sum}.push(${choices.one([value, found, `{ ${item}, ${value} }`])});`,
      }),
    ],
    [
      2,
      () => ({
        start: `const ${sum} = new Map();`,
        turn: `${sum}.set(${choices.one([item, found])}, ${value});`,
      }),
    ],
    [
      2,
      () => ({ start: `const ${sum}: any = {};`, turn: `${sum}[${choices.one([item, found])}] = ${value};` }),
    ],
    [2, () => ({ start: `let ${sum} = 0;`, turn: `${sum} += ${found};` })],
    [1, () => ({ start: `let ${sum} = '';`, turn: `${sum} += ${found};` })],
    [1, () => ({ start: `let ${sum} = 0;`, turn: `${sum} = ${sum} * 2 + ${found};` })],
    [1, () => ({ start: `let ${sum}: any = null;`, turn: `${sum} = ${value};` })],
    [1, () => ({ start: `let ${sum} = 0;`, turn: `if (${found} > 1) ${sum}++;` })],
    [1, () => ({ start: `const ${sum}: any[] = [];`, turn: `if (${found} > 1) ${sum}.push(${item});` })],
    [1, () => ({ start: `const ${sum} = 0;`, turn: `seen.push(${found});` })],
    [1, () => ({ start: `let ${sum} = 0;`, turn: `setTotal(total + ${found});` })],
  );
  const isStatement = choices.chance(75);
  const within: Place = { ...inside, inLoop: isStatement };
  const more: Piece[] = [];
  if (choices.chance(25)) {
    more.push(
      ...choices.way<readonly Piece[]>(
        [3, () => [exit(within)]],
        [2, () => [syncStatement(within)]],
        [2, () => statement(within).pieces],
        [1, () => [line(`if (${sum} as any) await ${libraryWrite(within, item).text};`)]],
        [place.depth > 0 ? 1 : 0, () => loop(within).pieces],
      ),
    );
  }
  const waited = line(`const ${value} = await ${call.text};`);
  const gathering = line(gather.turn);
  const turn = choices.chance(80) ? [waited, gathering, ...more] : [waited, ...more, gathering];
  const asyncTurn: Block = block(`async (${item}: any) => {`, turn, '}');
  const asPieces = (head: string, tail: string, body: readonly Piece[] = turn): Piece => ({
    ...asyncTurn,
    sections: [{ head: head + asyncTurn.sections[0]?.head, body }],
    close: tail,
  });
  const list = items === 'cache.values()' ? '[...cache.values()]' : items;
  const index = choices.name('i');
  const ofStatement = (): readonly Piece[] =>
    choices.way<readonly Piece[]>(
      [8, () => [block(`for (const ${item} of ${items}) {`, turn)]],
      [
        2,
        () => [
          block(`for (let ${index} = 0; ${index} < ids.length; ${index}++) {`, [
            line(`const ${item} = ids[${index}] ?? 0;`),
            ...turn,
          ]),
        ],
      ],
      [1, () => [block(`for await (const ${item} of ${items}) {`, turn)]],
      [
        1,
        () => [
          line(`let ${index} = 1;`),
          block(`while (${index} > 0) {`, [
            line(`const page = await axios.get(\`https://pages.test/?page=\${${index}}\`);`),
            line(`const ${item} = page.data.next;`),
            line(`${index} = page.data.next;`),
            ...turn.filter((piece) => !(piece.kind === 'line' && piece.text.includes('continue;'))),
          ]),
        ],
      ],
    );
  const ofFunction = (): readonly Piece[] =>
    choices.way<readonly Piece[]>(
      [
        1,
        () => {
          // Nobody waits for these turns: whoever looked at what they gather would find more or less of it, by chance.
          const unseen = choices.name('unseen');
          const turnOfItsOwn = line(`${unseen}.push(await ${readCall(place, item).text});`);
          return [
            line(`const ${unseen}: any[] = [];`),
            block(`${list}.forEach(async (${item}: any) => {`, [turnOfItsOwn], '});'),
          ];
        },
      ],
      [
        2,
        () => {
          // Turns that run at once would gather in the order in which they happen to end: these gather nothing.
          const again = line(`const again${value} = await ${readCall(place, item).text};`);
          return [asPieces(`await Promise.all(${list}.map(`, '}));', [waited, again])];
        },
      ],
      [
        1,
        () => [
          block(`const each${value} = async (${item}: number) => {`, turn, '};'),
          line(`for (const one of ${list}) await each${value}(one);`),
        ],
      ],
    );
  const pieces = isStatement ? ofStatement() : ofFunction();
  const isPlain = pieces.length === 1;
  return {
    pieces: [line(gather.start), ...pieces],
    variables: isPlain ? [{ name: sum, kind: 'any' }] : [],
  };
}

function reduceChain(place: Place): Made {
  const { choices } = place;
  const name = choices.name('chain');
  const call = turnCall({ ...place, inLoop: true }, 'id');
  const next = choices.one(['[...before, found]', '[...before, id, before.length]', '[found]']);
  return {
    pieces: [
      block(
        `const ${name} = await ids.reduce(async (previous: any, id) => {`,
        // The turn before is waited for first: else its failure would be nobody's for a while.
        [
          line('const before = await previous;'),
          line(`const found = await ${call.text};`),
          line(`return ${next};`),
        ],
        '}, Promise.resolve([] as any[]));',
      ),
    ],
    variables: [{ name, kind: 'any' }],
  };
}

function transaction(place: Place): Made {
  const { choices } = place;
  const client = choices.one(['tx', 'client', 'db']);
  const query = (): string =>
    choices.one([
      `${client}.user.findUnique({ where: { id: ${number(place)} } })`,
      `${client}.post.findMany({})`,
      `${client}.audit.count()`,
      `${client}.audit.create({ data: { n: ${number(place)} } })`,
      `prisma.post.count()`,
      `countWith(${client})`,
    ]);
  const [first, second, third] = [choices.name('t'), choices.name('t'), choices.name('t')];
  return nothingNew(
    block(
      `out.push(await prisma.$transaction(async (${client}: any) => {`,
      [
        line(`const ${first} = await ${query()};`),
        line(`const ${second} = await ${query()};`),
        ...(choices.chance(40) ? [line(`const ${third} = await ${query()};`)] : []),
        line(`return [${first}, ${second}];`),
      ],
      '}));',
    ),
  );
}

/** Calls of a host that wants a pause between them. */
function paced(place: Place): Made {
  const { choices } = place;
  const host = `https://limited${choices.name('')}.test/`;
  if (choices.chance(40))
    return nothingNew(
      block(`for (const id of ids) {`, [
        line('await pause(60);'),
        line(`out.push((await axios.get('${host}' + id)).data.n);`),
      ]),
      line('await pause(60);'),
    );
  const [first, second] = [choices.name('v'), choices.name('v')];
  return {
    pieces: [
      line(`const ${first} = await axios.get('${host}1');`),
      line(
        choices.one([
          'await pause(60);',
          'await politely();',
          `const ${choices.name('waited')} = await pause(60, 1);`,
        ]),
      ),
      line(`const ${second} = await axios.get('${host}2');`),
      // Whatever calls this again must not owe it to what else it does that enough time has passed.
      line('await pause(60);'),
    ],
    variables: [
      { name: first, kind: 'answer' },
      { name: second, kind: 'answer' },
    ],
  };
}

function closure(place: Place): Made {
  const { choices } = place;
  const name = choices.name('local');
  const count = choices.name('count');
  const [one, two] = [readCall(place), anyCall(place)];
  const change = choices.one([`${count}++;`, `${count} += ${number(place)};`, `shared.n = ${count};`]);
  const [first, second] = [choices.name('v'), choices.name('v')];
  return {
    pieces: [
      line(`let ${count} = 0;`),
      block(
        `const ${name} = async () => {`,
        [line(`const found = await ${one.text};`), line(change), line('return found;')],
        '};',
      ),
      line(`const ${first} = await ${name}();`),
      line(`const ${second} = await ${choices.chance(50) ? `${name}()` : two.text};`),
      line(`out.push(${count}, shared.n);`),
    ],
    variables: [{ name: first, kind: one.kind }],
  };
}

/** A loop of plain reads, and what it gathers them in. */
function plainLoop(
  place: Place,
  turn: (item: string, value: string, list: string) => readonly string[],
): Made {
  const { choices } = place;
  const [list, item, value] = [choices.name('list'), choices.name('item'), choices.name('value')];
  const call = libraryRead(place, item);
  return {
    pieces: [
      line(`const ${list}: any[] = ${choices.one(['[1, 2, 3]', '[...ids]', '[3, 1]'])};`),
      block(`for (const ${item} of ${list}) {`, [
        line(`const ${value} = ${numberOf(place, { name: `(await ${call.text})`, kind: call.kind })};`),
        ...turn(item, value, list).map(line),
      ]),
    ],
    variables: [],
  };
}

/** What another name is declared with, and how the object is reached by it. */
type OtherName = readonly [made: (object: string) => string, reached: (other: string) => string];

/** Other names that lead to an object. */
const OTHER_NAMES: readonly [OtherName, ...OtherName[]] = [
  [(object) => object, (other) => other],
  [(object) => `{ inner: ${object} }`, (other) => `${other}.inner`],
  [(object) => `[${object}]`, (other) => `${other}[0]`],
  [(object) => `pair(${object})`, (other) => `(${other}[0] as any)`],
  [(object) => `new Pair(${object}, 1)`, (other) => `(${other}.first as any)`],
  [(object) => `[${object}].map((one) => ({ one }))`, (other) => `${other}[0].one`],
  [(object) => `[${object}].filter((one) => one.n < 99)`, (other) => `${other}[0]`],
  [(object) => `Object.values({ inner: ${object} })`, (other) => `${other}[0]`],
  [(object) => `{ ...{ inner: ${object} } }`, (other) => `${other}.inner`],
  [(object) => `() => ${object}`, (other) => `${other}()`],
  [(object) => `total > 0 ? ${object} : { n: 0 }`, (other) => other],
];

/** An object that is handed to a call, and changed before it by its own or by another name. */
function handedOn(place: Place): Made {
  const { choices } = place;
  const [object, other] = [choices.name('object'), choices.name('other')];
  const [first, second] = [choices.name('v'), choices.name('v')];
  const [made, reached] = choices.one(OTHER_NAMES);
  const call = libraryRead(place);
  const value = numberOf(place, { name: first, kind: call.kind });
  const [mine, its] = choices.one([
    [object, object],
    [object, reached(other)],
    [reached(other), object],
    [reached(other), reached(other)],
    ['alias', 'box.inner'],
    ['box.inner', 'alias'],
  ]);
  const change = choices.one([
    `${its}.n = ${value};`,
    `${its}.n += ${value};`,
    `${its}.list.push(${value});`,
    `Object.assign(${its}, { n: ${value} });`,
    `mark(${its});`,
    `for (const one of [${its}]) one.n = ${value};`,
    `[${its}].forEach((one) => { one.n = ${value}; });`,
    `const { list: list${second} } = ${its}; list${second}.push(${value});`,
  ]);
  const handed = choices.one([
    mine,
    `{ of: ${mine} }`,
    `[${mine}]`,
    `{ deep: [{ of: ${mine} }] }`,
    `total > 0 ? ${mine} : undefined`,
    `pair(${mine})`,
    `${mine}.list`,
    `[...${mine}.list]`,
  ]);
  const asked = `await axios.get('https://one.test/0', { params: ${handed} })`;
  const start = [
    line(`const ${object}: any = { n: 0, list: [] };`),
    line(`const ${other}: any = ${made(object)};`),
    ...(its.includes('box') || its === 'alias' ? [line('(box.inner as any).list = [];')] : []),
  ];
  const turn = [
    line(`const ${first} = await ${call.text};`),
    line(change),
    line(`const ${second} = ${asked};`),
  ];
  if (choices.chance(30)) {
    const item = choices.name('item');
    return nothingNew(
      ...start,
      block(`for (const ${item} of [1, 2, 3]) {`, [
        line(`const ${second} = ${asked};`),
        line(`const ${first}: any = await ${call.text};`),
        line(change.replaceAll(second, `${second}b`)),
        line(`out.push(${item}, ${second});`),
      ]),
    );
  }
  return {
    pieces: [...start, ...turn, line(`out.push(${first}, ${second}.data, ${object});`)],
    variables: [],
  };
}

/** A few statements with one thing that may go wrong: what one obligation forbids elsewhere, another mostly forbids too. */
function oneTrap(place: Place): Made {
  const { choices } = place;
  const [first, second] = [choices.name('v'), choices.name('v')];
  const read = (): string => libraryRead(place).text;
  return choices.one([
    (): Made => handedOn(place),
    (): Made => paced(place),
    (): Made => {
      const call = libraryRead(place);
      const found = numberOf(place, { name: first, kind: call.kind });
      return {
        pieces: [
          line(`const ${first} = await ${call.text};`),
          line(`out.push(limited(${found} + ${choices.one([0, 39, 41])}));`),
          line(`const ${second} = await ${read()};`),
        ],
        variables: [],
      };
    },
    (): Made => ({
      pieces: [
        line(
          `const ${first}: any = await prisma.user.findUnique({ where: { id: ${choices.one([1, 7, 8])} } });`,
        ),
        line(`const ${second} = await ${read()};`),
        line(`out.push(await axios.get(\`https://one.test/\${${first}.n}\`), ${second});`),
        line(`out.push([await ${read()}, await prisma.post.findUnique({ where: { id: ${first}.n } })]);`),
      ],
      variables: [],
    }),
    (): Made => ({
      pieces: [
        line(`let ${first}: any, ${second}: any;`),
        {
          kind: 'block',
          sections: [
            {
              head: 'try {',
              body: [line(`${first} = await ${read()};`), line(`${second} = await ${read()};`)],
            },
            {
              head: choices.one(['} catch {', '} finally {']),
              body: [line(`out.push([${first} === undefined, ${second} === undefined]);`)],
            },
          ],
          close: '}',
        },
      ],
      variables: [],
    }),
    (): Made => plainLoop(place, (item, value) => [`out.push(${value});`, `if (${item} > 1) break;`]),
    (): Made =>
      plainLoop(place, (_, value) => [
        `if (${value} > ${choices.below(4)}) ${choices.one(['break;', 'return out;', "throw new Error('refused: enough');"])}`,
        `out.push(${value});`,
      ]),
    (): Made =>
      plainLoop(place, (item, value, list) => [
        `if (${list}.length < 5) ${list}.push(${choices.one([item, value, '4'])});`,
        `out.push(${value});`,
      ]),
    (): Made => {
      const made = plainLoop(place, (_, value) => [`${first} += ${value};`, `out.push(${first});`]);
      return { ...made, pieces: [line(`let ${first} = 0;`), ...made.pieces] };
    },
    (): Made =>
      plainLoop(place, (item, value) => [
        choices.one([
          `box.n = ${value};`,
          `setTotal(total + ${value});`,
          `cache.set('a', ${item});`,
          `seen.push(${value});`,
        ]),
      ]),
    (): Made => plainLoop(place, (_, value) => [`out.push(limited(${value} * 9), ${value});`]),
    (): Made => ({
      pieces: [
        line(`const ${first}: any[] = ${choices.one(['[]', '[{ n: 1 }]'])};`),
        line(`const ${second} = await ${read()};`),
        line(`out.push(${second}, await axios.get(\`https://one.test/\${${first}[0].n}\`));`),
      ],
      variables: [],
    }),
    // What is written where it is read again.
    (): Made => {
      const [write, again] = choices.one([
        [`redis.set('k1', '${choices.name('value')}')`, "redis.get('k1')"],
        [
          `axios.post('https://one.test/0', { n: ${choices.below(5)} })`,
          "(await axios.get('https://one.test/0')).data",
        ],
      ] as const);
      return {
        pieces: [
          line(`const ${first} = await ${write};`),
          line(choices.one([`const ${second} = await ${read()};`, `const ${second} = total;`])),
          line(`out.push(${first}, ${second}, await ${again});`),
        ],
        variables: [],
      };
    },
    // No trap: what differs from the others by the trap alone.
    (): Made => plainLoop(place, (item, value) => [`out.push({ ${item}, ${value} });`]),
    (): Made => plainLoop(place, (_, value) => [`out.push(${value});`]),
    (): Made => plainLoop(place, (_, value) => [`if (${value} > 1) out.push(${value});`]),
    (): Made => plainLoop(place, (item) => [`await prisma.audit.create({ data: { n: ${item} } });`]),
    (): Made => {
      const memory = ownCall(place, ['memory'])?.text ?? read();
      return nothingNew(
        line(
          `out.push(pair(${choices.one(['box.n', 'total', 'seen.length'])}, await ${memory}, await ${read()}));`,
        ),
      );
    },
    (): Made => ({
      pieces: [
        line(`const ${first} = await ${read()};`),
        line(
          `if (${choices.one(['total', 'box.n', '1', '3', '4'])} ${choices.one(['<', '>'])} 2) return { early: ${first} };`,
        ),
        line(`const ${second} = await ${read()};`),
      ],
      variables: [{ name: first, kind: 'any' }],
    }),
  ])();
}

/** One or a few statements that belong together. */
function statement(place: Place): Made {
  const { choices, depth } = place;
  const isDeep = depth > 0;
  return choices.way<Made>(
    [5, () => runOfReads(place)],
    [4, () => declaration(place, anyCall(place))],
    [3, () => nothingNew(line(`await ${anyCall(place).text};`))],
    [2, () => nothingNew(syncStatement(place))],
    [1, () => nothingNew(exit(place))],
    [2, () => oneExpression(place)],
    [2, () => declarators(place)],
    [1, () => assignments(place)],
    [1, () => existingAll(place)],
    [
      1,
      () =>
        nothingNew(
          line(
            `${choices.one([place.isMain ? 'current' : 'service.last', 'shared.n', 'box.n', 'service.last'])} = (await ${readCall(place).text}) as any;`,
          ),
        ),
    ],
    [isDeep ? 2 : 0, () => tryBlock(place)],
    [isDeep ? 5 : 0, () => loop(place)],
    [1, () => reduceChain(place)],
    [1, () => transaction(place)],
    [isDeep && !place.inLoop ? 1 : 0, () => paced(place)],
    [1, () => closure(place)],
    [2, () => handedOn(place)],
    [1, () => nothingNew(line(`await twice(async () => ${anyCall(place).text});`))],
    [
      isDeep ? 1 : 0,
      () => {
        const inner = { ...place, depth: depth - 1 };
        const sections = [
          { head: `if (${number(place)} > 1) {`, body: statements(inner, 2) },
          ...(choices.chance(40) ? [{ head: '} else {', body: statements(inner, 1) }] : []),
        ];
        return nothingNew({ kind: 'block', sections, close: '}' });
      },
    ],
  );
}

function madeOf(place: Place, count: number): Made {
  const pieces: Piece[] = [];
  const variables: Variable[] = [];
  for (let at = 0; at < count; at++) {
    const made = statement({ ...place, variables: [...place.variables, ...variables] });
    pieces.push(...made.pieces);
    variables.push(...made.variables);
  }
  return { pieces, variables };
}

const statements = (place: Place, count: number): readonly Piece[] => madeOf(place, count).pieces;

const NAMES = [
  'load',
  'getUser',
  'fetchAll',
  'check',
  'ensure',
  'save',
  'update',
  'handle',
  'findBy',
  'sum',
  'audit',
] as const;

/** What a function does, and what it gives. */
function bodyOf(place: Place, purpose: Purpose): { readonly body: readonly Piece[]; readonly kind: Kind } {
  const { choices } = place;
  const found: Variable = { name: 'found', kind: 'num' };
  const call = libraryRead(place, choices.one(['x', 'x + 1', '2']));
  const first = line(`const found = await ${call.text};`);
  const value = numberOf({ ...place }, { ...found, kind: call.kind });
  switch (purpose) {
    case 'read':
      return choices.way<{ readonly body: readonly Piece[]; readonly kind: Kind }>(
        [3, () => ({ body: [line(`return await ${call.text};`)], kind: call.kind })],
        [2, () => ({ body: [line(`return ${call.text};`)], kind: call.kind })],
        [3, () => ({ body: [first, line(`return ${value} + x;`)], kind: 'num' })],
        [1, () => ({ body: [line('if (x > 2) return 0;'), first, line(`return ${value};`)], kind: 'num' })],
        [
          2,
          () => ({
            body: [
              first,
              line(`const other = await ${readCall(place, 'x').text};`),
              line('return [found, other];'),
            ],
            kind: 'any',
          }),
        ],
        [
          1,
          () => ({
            body: [
              {
                kind: 'block',
                sections: [
                  { head: 'try {', body: [line(`return await ${readCall(place, 'x').text};`)] },
                  { head: '} catch {', body: [line('return null;')] },
                ],
                close: '}',
              },
            ],
            kind: 'any',
          }),
        ],
      );
    case 'memory': {
      const change = choices.one([
        'setTotal(x);',
        'setTotal(total + 1);',
        "cache.set('a', x);",
        'seen.push(x);',
        'box.n = box.n + x;',
        'alias.n = x;',
        'service.size += x;',
        'shared.n = x;',
        'next();',
        "const key = 'n'; (box as any)[key] = x;",
        'const { inner } = box; inner.n = x;',
        'mutate(box);',
        '[x].forEach((one) => seen.push(one));',
      ]);
      const look = choices.one([
        'total',
        'box.n',
        'seen.length',
        'alias.n + box.inner.n',
        "cache.get('a') ?? 0",
        'service.size',
        'shared.n',
      ]);
      return {
        body: choices.one([
          [first, line(change), line(`return ${look};`)],
          [line(change), first, line(`return ${value};`)],
          [first, line(`return ${value} + (${look});`)],
          [line(`const start = ${look};`), first, line(change), line(`return start;`)],
          [line(`const start = ${look};`), first, line(`setTotal(start + 1);`), line(`return total;`)],
        ]),
        kind: 'num',
      };
    }
    case 'write': {
      const write = line(`await ${libraryWrite(place, 'x').text};`);
      return {
        body: choices.one([
          [write, line('return x;')],
          [first, write, line(`return ${value};`)],
        ]),
        kind: 'num',
      };
    }
    case 'guard': {
      const refuse = choices.one([
        `throw new Error('refused: not allowed');`,
        `throw new TypeError('refused: forbidden');`,
        `return Promise.reject(new Error('refused: taken'));`,
        `refuse();`,
      ]);
      return {
        body: choices.one([
          [first, line(`if (${value} > ${choices.below(6)}) ${refuse}`), line('return x;')],
          [line(`if (x > ${choices.below(4)}) ${refuse}`), first, line(`return ${value};`)],
        ]),
        kind: 'num',
      };
    }
    case 'unknown':
      return {
        body: [
          line(`const found = await ${choices.one(['touch', 'getQuote', 'sync'])}(x);`),
          line('return found;'),
        ],
        kind: 'num',
      };
    case 'mixed': {
      const made = madeOf(
        { ...place, variables: [{ name: 'x', kind: 'num' }], depth: 1 },
        2 + choices.below(2),
      );
      return {
        body: [line('const out: any[] = [];'), ...made.pieces, line('return out.length + x;')],
        kind: 'num',
      };
    }
  }
}

interface OwnFunction extends Callable {
  readonly pieces: readonly Piece[];
  readonly where: 'main' | 'module' | 'class';
}

function ownFunction(place: Place): OwnFunction {
  const { choices } = place;
  const purpose = choices.one([
    'read',
    'read',
    'read',
    'memory',
    'memory',
    'write',
    'guard',
    'unknown',
    'mixed',
  ] as const);
  const short = choices.name(choices.one(NAMES));
  const where = choices.one(['main', 'module', 'class'] as const);
  const { body, kind } = bodyOf(place, purpose);
  if (where === 'class') {
    const onThis = body.map((piece): Piece =>
      piece.kind === 'line' ? line(piece.text.replaceAll(/\bservice\./g, 'this.')) : piece,
    );
    return {
      name: `service.${short}`,
      kind,
      purpose,
      where,
      pieces: [block(`async ${short}(x: number): Promise<any> {`, onThis)],
    };
  }
  const prefix = where === 'module' ? 'export ' : '';
  const pieces = choices.way<readonly Piece[]>(
    [3, () => [block(`${prefix}async function ${short}(x: number): Promise<any> {`, body)]],
    [1, () => [block(`${prefix}const ${short} = async (x: number): Promise<any> => {`, body, '};')]],
    [
      1,
      () => [
        block(`async function inner${short}(x: number): Promise<any> {`, body),
        line(`${prefix}const ${short} = inner${short};`),
      ],
    ],
    [
      1,
      () => [
        block(`const of${short} = {`, [block(`async run(x: number): Promise<any> {`, body, '},')], '};'),
        line(`${prefix}const ${short} = (x: number) => of${short}.run(x);`),
      ],
    ],
  );
  return { name: short, kind, purpose, where, pieces };
}

const CLIENTS: readonly Piece[] = [
  line("import { PrismaClient } from '@prisma/client';"),
  line("import Redis from 'ioredis';"),
  line("import { Pool } from 'pg';"),
  line('export const prisma = new PrismaClient();'),
  line('export const redis = new Redis();'),
  line('export const pool = new Pool();'),
];

const STORE: readonly Piece[] = [
  line('export let total = 1;'),
  line("export const cache = new Map<string, number>([['a', 2]]);"),
  line('export const seen: number[] = [2];'),
  line('export const ids = [1, 2, 3];'),
  line('export const box = { n: 1, inner: { n: 2 } };'),
  line('export const alias = box.inner;'),
  line('let ticks = 0;'),
  line('export function setTotal(value: number): void { total = value; }'),
  line('export function next(): number { return ++ticks; }'),
  line('export const double = (value: number): number => value * 2;'),
  line(
    "export function limited(value: number): number { if (value > 40) throw new Error('refused: too much'); return value; }",
  ),
  line("export function refuse(): never { throw new Error('refused: by rule'); }"),
  line('export function mutate(target: { n: number }): void { target.n += 3; }'),
  line(
    "export const told = (error: any): string => (error instanceof TypeError && !error.message.startsWith('refused') ? 'a mistake' : error.message);",
  ),
  line(
    "export function mark(value: any): void { if (Array.isArray(value)) value.push(0); else if (typeof value === 'object' && value !== null) value.n = 8; }",
  ),
  line('export const pair = (...all: unknown[]) => all;'),
  line(
    'export class Pair { first: unknown; second: unknown; constructor(first: unknown, second: unknown) { this.first = first; this.second = second; } }',
  ),
  line(
    'export async function twice(run: () => Promise<unknown>): Promise<void> { await run(); await run(); }',
  ),
  line('export const countWith = async (client: any): Promise<number> => await client.audit.count();'),
  line('export const state = () => ({ total, cache, seen, box, ticks });'),
];

const PACKAGES: readonly (readonly [names: readonly string[], from: string])[] = [
  [['readFile', 'writeFile', 'appendFile', 'stat'], 'node:fs/promises'],
  [['touch', 'getQuote', 'sync'], 'mystery'],
];
const IN_STORE = [
  'total',
  'cache',
  'seen',
  'ids',
  'box',
  'alias',
  'setTotal',
  'next',
  'double',
  'limited',
  'refuse',
  'mutate',
  'mark',
  'told',
  'pair',
  'Pair',
  'twice',
  'countWith',
];

/** The imports that the text of a file needs. */
function importsFor(
  pieces: readonly Piece[],
  more: readonly (readonly [readonly string[], string])[],
): readonly Piece[] {
  const text = textOf(pieces);
  const isUsed = (name: string): boolean => new RegExp(`(?<!\\w|[^.]\\.)${name}\\b`).test(text);
  const found = [
    ...PACKAGES,
    [['prisma', 'redis', 'pool'], './clients'] as const,
    [IN_STORE, './store'] as const,
    ...more,
  ]
    .map(([names, from]) => [names.filter(isUsed), from] as const)
    .filter(([names]) => names.length > 0)
    .map(([names, from]) => line(`import { ${names.join(', ')} } from '${from}';`));
  const whole = [
    ['axios', 'axios'],
    ['bcrypt', 'bcrypt'],
  ] as const;
  return [
    ...whole.filter(([name]) => isUsed(name)).map(([name, from]) => line(`import ${name} from '${from}';`)),
    ...(isUsed('pause') ? [line("import { setTimeout as pause } from 'node:timers/promises';")] : []),
    ...found,
  ];
}

/** A program that is made by decisions of `choices`. */
function programBy(choices: Choices): Program {
  const own: OwnFunction[] = [];
  const count = 3 + choices.below(4);
  for (let at = 0; at < count; at++) {
    // A function calls those before it; what stands in the main file is called there only.
    const callables = own.filter(({ where }) => where === 'module');
    own.push(ownFunction({ choices, variables: [], callables, depth: 1, inLoop: false, isMain: false }));
  }
  const place: Place = { choices, variables: [], callables: own, depth: 2, inLoop: false, isMain: true };
  const made = choices.chance(50) ? oneTrap(place) : madeOf(place, 2 + choices.below(4));
  const results = made.variables.map(({ name }) => name).join(', ');
  const [first, second] = [readCall, readCall].map((make) =>
    make({ choices, variables: made.variables, callables: own, depth: 0, inLoop: false, isMain: true }),
  );
  const last = choices.way(
    [3, () => `return { out, current, ${results} };`],
    [1, () => `return { out, first: await ${first?.text ?? '0'}, second: await ${second?.text ?? '0'} };`],
    [1, () => `return [out, await ${first?.text ?? '0'}, await ${second?.text ?? '0'}];`],
  );
  const inMain = own.filter(({ where }) => where === 'main').flatMap(({ pieces }) => pieces);
  const inModule = own.filter(({ where }) => where === 'module').flatMap(({ pieces }) => pieces);
  const inClass = own.filter(({ where }) => where === 'class').flatMap(({ pieces }) => pieces);
  const ownNames = own.filter(({ where }) => where === 'module').map(({ name }) => name);
  const lookup = [
    [['service'], './service'],
    [ownNames, choices.chance(30) ? './barrel' : './functions'],
    [['shared'], './shared'],
  ] as const;
  const main: readonly Piece[] = [
    line('let current: any = 0;'),
    line('export const state = () => ({ current });'),
    line('const politely = () => pause(60);'),
    ...inMain,
    block('export async function main() {', [line('const out: any[] = [];'), ...made.pieces, line(last)]),
  ];
  const service: readonly Piece[] = [
    block('class Service {', [line('size = 1;'), line('last: any = null;'), ...inClass]),
    line('export const service = new Service();'),
    line('export const state = () => ({ ...service });'),
  ];
  return {
    files: [
      { path: 'clients.ts', pieces: CLIENTS },
      { path: 'store.ts', pieces: STORE },
      {
        path: 'shared.ts',
        pieces: [line('export const shared = { n: 0 };'), line('export const state = () => shared;')],
      },
      {
        path: 'functions.ts',
        pieces: [
          ...importsFor(inModule, [
            [['service'], './service'],
            [['shared'], './shared'],
          ]),
          ...inModule,
          line('export {};'),
        ],
      },
      { path: 'barrel.ts', pieces: [line("export * from './functions';")] },
      {
        path: 'service.ts',
        pieces: [
          ...importsFor(service, [
            [ownNames, './functions'],
            [['shared'], './shared'],
          ]),
          ...service,
        ],
      },
      { path: 'main.ts', pieces: [...importsFor(main, lookup), ...main] },
    ],
  };
}

/** Small async programs of all kinds that the transforms for awaits may meet. */
export const programs: fc.Arbitrary<Program> = fc
  .gen()
  .map((generate) => programBy(new Choices((most) => generate(fc.nat, { max: most }))));

/** `count` programs, the same for the same seed. */
export const somePrograms = (count: number, seed: number): readonly Program[] =>
  fc.sample(programs, { numRuns: count, seed });
