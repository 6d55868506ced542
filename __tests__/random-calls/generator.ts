import { block, line, type Piece, type Program } from '../random-programs/program.ts';
import { Choices } from '../random-queries/choices.ts';
import { Module, type Dialect } from './modules.ts';

/** What a program may be about. Each has most of them not, so that some of what blocks in it can be rewritten. */
export const FEATURES = [
  'methods',
  'overrides',
  'interfaces',
  'tables of functions',
  'bound functions',
  'optional calls',
  'defaults',
  'higher-order functions',
  'array callbacks',
  'callbacks that are used',
  'promises',
  'conditions',
  'texts',
  'loops',
  'try',
  'validators',
  'recursion',
  'memory',
  'written files',
  'removed files',
  'shared files',
  'emitters',
  'timers',
  'protocol',
  'accessors',
  'constructors',
  'generators',
  'variables',
  'comparisons of functions',
  'overloads',
  'comments',
  'receivers of any type',
  'closures',
  'factories',
  'descriptors',
  'processes',
  'express',
  'renamed imports',
] as const;

export type Feature = (typeof FEATURES)[number];

/** What an expression or a function gives. */
type Gives = 'str' | 'num' | 'bool' | 'list' | 'none';

const TYPES: Readonly<Record<Gives, string>> = {
  str: 'string',
  num: 'number',
  bool: 'boolean',
  list: 'string[]',
  none: 'void',
};

const VALUES = ['str', 'num', 'bool', 'list'] as const;

interface Variable {
  readonly name: string;
  readonly gives: Gives;
  /** Whether it is a path of a file. */
  readonly isPath?: boolean;
}

/** Something of the program that can be called with a path. */
interface Callable {
  readonly home: Module;
  /** The name of the module that it hangs on. */
  readonly root: string;
  readonly gives: Gives;
  readonly isAsync: boolean;
  readonly call: (root: string, argument: string, from: Module) => string;
  /** The function itself, where it can be handed on. */
  readonly value?: (root: string) => string;
}

/** A function of a program, by which callers of its kind are counted. */
export interface Declared {
  readonly name: string;
  readonly kind: string;
}

/** A generated program; its `main` module is where it is entered. */
export interface CallProgram extends Program {
  readonly dialect: Dialect;
  readonly features: ReadonlySet<Feature>;
  readonly declared: readonly Declared[];
}

/** A place of a function of the program. */
interface Place {
  readonly module: Module;
  readonly isAsync: boolean;
  readonly variables: readonly Variable[];
  /** Methods that are called on `this`. */
  readonly own: readonly Callable[];
  /** How deep blocks may nest from here. */
  readonly depth: number;
  /** Whether `return` means the function around it, and what that gives; undefined in a callback. */
  readonly returns: Gives | undefined;
}

const FILES = ["'a.txt'", "'a.txt'", "'b.txt'", "'missing.txt'"] as const;
const NAMES = {
  str: ['load', 'read', 'textOf', 'render', 'describe'],
  num: ['sizeOf', 'count', 'measure', 'weigh'],
  bool: ['isThere', 'mayRead', 'validate', 'has'],
  list: ['names', 'linesOf', 'entries', 'parts'],
  none: ['check', 'ensure', 'touch', 'note'],
} as const;

/** What programs are about, so that no two of a few hundred have a name in common. */
const SUBJECTS = [
  'Order',
  'User',
  'Page',
  'Price',
  'Note',
  'Team',
  'Task',
  'Draft',
  'Label',
  'Photo',
  'Route',
  'Token',
];
const PARTS = [
  'Line',
  'Item',
  'Head',
  'List',
  'Link',
  'Mark',
  'Body',
  'Type',
  'Size',
  'Rule',
  'Part',
  'Step',
];

/** The code of a class after `new`. */
const constructorOf = (root: string): string => (root.startsWith('require') ? `(${root})` : root);

const only = (...pieces: readonly Piece[]): readonly [readonly Piece[]] => [pieces];

class Generator {
  private readonly subject: string;
  private readonly about: Feature | undefined;
  private readonly choices: Choices;
  private readonly dialect: Dialect;
  private readonly features: ReadonlySet<Feature>;
  private readonly callables: Callable[] = [];
  private readonly declared: Declared[] = [];
  private barrel: Module | undefined;

  constructor(choices: Choices, number: number, about: Feature | undefined) {
    this.choices = choices;
    this.about = about;
    const part = PARTS[Math.floor(number / SUBJECTS.length) % PARTS.length] ?? '';
    this.subject = `${SUBJECTS[number % SUBJECTS.length] ?? ''}${part}`;
    this.dialect = choices.chance(70) ? 'ts' : 'js';
    const few = choices.below(4) + 2;
    this.features = new Set([
      ...(about === undefined ? [] : [about]),
      ...choices.shuffled(FEATURES).slice(0, about === undefined ? few : 1),
    ]);
  }

  program(): CallProgram {
    const { choices, dialect } = this;
    const names = choices
      .shuffled(['files', 'store', 'report', 'service', 'views'])
      .slice(0, choices.below(this.about === undefined ? 4 : 2) + 1);
    const modules = names.map((name) => new Module(name, dialect, choices, this.has('renamed imports')));
    const barrel =
      dialect === 'ts' && choices.chance(30)
        ? new Module('index', dialect, choices, this.has('renamed imports'))
        : undefined;
    this.barrel = barrel;
    for (const [at, module] of modules.entries()) {
      const count = module.offer === 'single' ? 1 : choices.below(3) + 1;
      for (let made = 0; made < count && !module.isFull; made++) this.declare(module, at === 0);
    }
    const main = new Module('main', dialect, choices, this.has('renamed imports'));
    this.main(main);
    const files = [...modules, ...(barrel === undefined ? [] : [barrel]), main].map((one) => ({
      path: one.path,
      pieces: one.pieces(),
    }));
    return {
      files: [{ path: 'package.json', pieces: [line(this.manifest())] }, ...files],
      dialect,
      features: this.features,
      declared: this.declared,
    };
  }

  private manifest(): string {
    const version = this.choices.chance(this.about === 'express' ? 20 : 50) ? '^5.0.0' : '^4.18.2';
    return JSON.stringify({
      name: 'random-calls',
      private: true,
      ...(this.dialect === 'ts' ? { type: 'module' } : {}),
      dependencies: this.has('express') ? { express: version } : {},
    });
  }

  private has(feature: Feature): boolean {
    return this.features.has(feature);
  }

  /** The weight of a way that belongs to a feature. */
  private weight(feature: Feature, weight: number): number {
    if (!this.has(feature)) return 0;
    return feature === this.about ? weight * 3 : weight;
  }

  private named(gives: Gives, kind: string): string {
    const [first, ...others] = NAMES[gives];
    const name = this.choices.name(`${this.choices.one([first, ...others])}${this.subject}`);
    this.declared.push({ name, kind });
    return name;
  }

  private place(
    module: Module,
    isAsync: boolean,
    returns: Gives | undefined,
    own: readonly Callable[] = [],
  ): Place {
    const variables: readonly Variable[] = [{ name: 'name', gives: 'str', isPath: true }];
    return { module, isAsync, variables, own, depth: 2, returns };
  }

  // Functions and what they hang on.

  /** Declares one or more functions that hang on one name of a module. */
  private declare(module: Module, isLeaf: boolean): void {
    const { choices } = this;
    const gives = this.gives();
    const isAsync = !isLeaf && choices.chance(this.has('promises') ? 35 : 8);
    choices.way(
      [6, () => this.plain(module, gives, isAsync)],
      [this.weight('methods', 8), () => this.methods(module, gives, isAsync)],
      [this.weight('overrides', 8), () => this.overrides(module, gives)],
      [this.dialect === 'ts' ? this.weight('interfaces', 8) : 0, () => this.interfaces(module, gives)],
      [this.weight('tables of functions', 8), () => this.tables(module, gives)],
      [this.weight('higher-order functions', 7), () => this.higherOrder(module)],
      [this.weight('defaults', 4), () => this.withDefault(module)],
      [this.weight('recursion', 7), () => this.recursive(module)],
      [this.weight('memory', 14), () => this.memory(module)],
      [this.weight('shared files', 12), () => this.sharedFile(module)],
      [this.weight('emitters', 5), () => this.emitter(module)],
      [this.weight('timers', 6), () => this.timer(module)],
      [this.weight('protocol', 6), () => this.protocol(module)],
      [this.weight('accessors', 5), () => this.accessor(module)],
      [this.weight('constructors', 5), () => this.constructing(module)],
      [this.weight('generators', 5), () => this.generator(module)],
      [this.dialect === 'ts' ? this.weight('overloads', 8) : 0, () => this.overloads(module)],
      [this.weight('receivers of any type', 7), () => this.anyReceiver(module, gives)],
      [this.weight('factories', 7), () => this.factory(module, gives)],
      [this.weight('closures', 4), () => this.factory(module, gives)],
      [this.weight('validators', 10), () => this.validator(module)],
      [this.weight('descriptors', 6), () => this.descriptor(module)],
    );
  }

  private gives(): Gives {
    return this.choices.way<Gives>(
      [5, () => 'str'],
      [2, () => 'num'],
      [this.has('conditions') ? 5 : 2, () => 'bool'],
      [this.has('array callbacks') || this.has('loops') ? 4 : 2, () => 'list'],
      [2, () => 'none'],
    );
  }

  private add(callable: Callable): void {
    this.callables.push(callable);
  }

  /** What a function says that it gives, where it says so. */
  private result(module: Module, gives: Gives, isAsync: boolean, percent = 60): string {
    if (!this.choices.chance(percent)) return '';
    return module.type(isAsync ? `Promise<${TYPES[gives]}>` : TYPES[gives]);
  }

  private comment(gives: Gives, isAsync: boolean): readonly Piece[] {
    if (this.dialect !== 'js' || !this.has('comments') || !this.choices.chance(70)) return [];
    const type = TYPES[gives];
    return [line(`/** @param {string} name @returns {${isAsync ? `Promise<${type}>` : type}} */`)];
  }

  private plain(module: Module, gives: Gives, isAsync: boolean): void {
    const { choices } = this;
    const name = this.named(gives, isAsync ? 'asynchronous function' : 'function');
    const before = module.offers(name);
    const place = this.place(module, isAsync, gives);
    const parameter = `name${module.type('string')}`;
    const word = isAsync ? 'async ' : '';
    const result = this.result(module, gives, isAsync);
    module.body.push(
      ...this.comment(gives, isAsync),
      ...choices.way<readonly Piece[]>(
        [
          4,
          () => [block(`${before}${word}function ${name}(${parameter})${result} {`, this.body(place, gives))],
        ],
        [
          2,
          () => [
            block(
              `${before}const ${name} = ${word}(${parameter})${result} => {`,
              this.body(place, gives),
              '};',
            ),
          ],
        ],
        [
          gives === 'none' ? 0 : 2,
          () => [
            line(`${before}const ${name} = ${word}(${parameter})${result} => ${this.value(place, gives)};`),
          ],
        ],
        [
          1,
          () => [
            block(
              `${before}const ${name} = ${word}function (${parameter})${result} {`,
              this.body(place, gives),
              '};',
            ),
          ],
        ],
      ),
    );
    this.addPlain(module, name, gives, isAsync);
  }

  private addPlain(module: Module, name: string, gives: Gives, isAsync: boolean): void {
    const { choices } = this;
    this.add({
      home: module,
      root: name,
      gives,
      isAsync,
      value: (root) => root,
      call: (root, argument) =>
        choices.way(
          [8, () => `${root}(${argument})`],
          [this.weight('bound functions', 3), () => `${root}.call(null, ${argument})`],
          [this.weight('bound functions', 2), () => `${root}.apply(undefined, [${argument}])`],
          [this.weight('bound functions', 2), () => `${root}.bind(null)(${argument})`],
          [this.weight('optional calls', 4), () => `${root}?.(${argument})`],
        ),
    });
  }

  private methods(module: Module, gives: Gives, isAsync: boolean): void {
    const { choices } = this;
    const type = choices.name('Store');
    const isStatic = choices.chance(25);
    const word = `${isStatic ? 'static ' : ''}${isAsync ? 'async ' : ''}`;
    const parameter = `name${module.type('string')}`;
    const members: Piece[] = [];
    const own: Callable[] = [];
    const add = (named: string, its: Gives): Callable => ({
      home: module,
      root: type,
      gives: its,
      isAsync,
      call: (root, argument) =>
        choices.way(
          [6, () => `${root}.${named}(${argument})`],
          [
            named.startsWith('#') ? 0 : this.weight('bound functions', 2),
            () => `${root}['${named}'](${argument})`,
          ],
          [this.weight('bound functions', 1), () => `${root}.${named}.call(${root}, ${argument})`],
          [this.weight('optional calls', 3), () => `${root}?.${named}(${argument})`],
        ),
      ...(named.startsWith('#')
        ? {}
        : { value: (root: string) => `(one${module.type('string')}) => ${root}.${named}(one)` }),
    });
    for (let left = choices.below(2) + 1; left > 0; left--) {
      const its = left === 1 ? gives : this.gives();
      const isPrivate = left > 1 && choices.chance(30);
      const named = `${isPrivate ? '#' : ''}${this.named(its, isPrivate ? 'private method' : isStatic ? 'static method' : 'method')}`;
      const place = this.place(module, isAsync, its, own);
      const result = this.result(module, its, isAsync);
      members.push(
        isPrivate || choices.chance(80)
          ? block(`${word}${named}(${parameter})${result} {`, this.body(place, its))
          : block(
              `${isStatic ? 'static ' : ''}${named} = ${isAsync ? 'async ' : ''}(${parameter})${result} => {`,
              this.body(place, its),
              '};',
            ),
      );
      own.push(add(named, its));
    }
    const instance = isStatic ? type : choices.name('store');
    const before = module.offers(instance);
    if (isStatic) module.body.push(block(`${before}class ${type} {`, members));
    else
      module.body.push(
        block(`class ${type} {`, members),
        line(`${before}const ${instance} = new ${type}();`),
      );
    for (const one of own) if (one.value !== undefined) this.add({ ...one, root: instance });
  }

  private overrides(module: Module, gives: Gives): void {
    const { choices } = this;
    const base = choices.name('Base');
    const sub = choices.name('Sub');
    const method = this.named(gives, 'overridden method');
    const outer = this.named('str', 'method');
    const parameter = `name${module.type('string')}`;
    const place = this.place(module, false, gives);
    const isAbstract = this.dialect === 'ts' && choices.chance(40);
    const result = module.type(TYPES[gives]);
    const said = gives === 'none' ? `(this.${method}(name), 'done')` : `String(this.${method}(name))`;
    module.body.push(
      block(`${isAbstract ? 'abstract ' : ''}class ${base} {`, [
        isAbstract
          ? line(`abstract ${method}(${parameter})${result};`)
          : block(
              `${method}(${parameter})${result} {`,
              choices.chance(50) ? this.body(place, gives) : this.pure(gives),
            ),
        block(`${outer}(${parameter})${module.type('string')} {`, [line(`return ${said};`)]),
      ]),
      block(`class ${sub} extends ${base} {`, [
        block(
          `${this.dialect === 'ts' ? 'override ' : ''}${method}(${parameter})${result} {`,
          !isAbstract && choices.chance(40)
            ? [line(gives === 'none' ? `super.${method}(name);` : `return super.${method}(name);`)]
            : this.body(place, gives),
        ),
      ]),
    );
    const instance = choices.name('sub');
    const before = module.offers(instance);
    const made = isAbstract || choices.chance(70) ? sub : base;
    module.body.push(line(`${before}const ${instance}${module.type(base)} = new ${made}();`));
    const its = (named: string, what: Gives): Callable => ({
      home: module,
      root: instance,
      gives: what,
      isAsync: false,
      call: (root, argument) => `${root}.${named}(${argument})`,
    });
    this.add(its(method, gives));
    this.add(its(outer, 'str'));
  }

  /** What a function does that reads nothing. */
  private pure(gives: Gives): readonly Piece[] {
    const value = { str: "'nothing'", num: '1', bool: 'true', list: "['one']", none: '' }[gives];
    return [line(value === '' ? 'return;' : `return ${value};`)];
  }

  private interfaces(module: Module, gives: Gives): void {
    const { choices } = this;
    const type = choices.name('Source');
    const method = this.named(gives, 'method of an interface');
    const kinds = [choices.name('Disk'), choices.name('Memory')];
    const isArrow = choices.chance(25);
    module.body.push(
      block(`interface ${type} {`, [
        line(
          isArrow
            ? `${method}: (name: string) => ${TYPES[gives]};`
            : `${method}(name: string): ${TYPES[gives]};`,
        ),
      ]),
      ...kinds.map((one, at) =>
        block(`class ${one} implements ${type} {`, [
          block(
            `${method}(name: string): ${TYPES[gives]} {`,
            at === 0 || choices.chance(40)
              ? this.body(this.place(module, false, gives), gives)
              : this.pure(gives),
          ),
        ]),
      ),
    );
    const isPicked = choices.chance(50);
    const root = choices.name(isPicked ? 'pick' : 'sources');
    const before = module.offers(root);
    module.body.push(
      isPicked
        ? block(`${before}function ${root}(name: string): ${type} {`, [
            line(`return name.length > 6 ? new ${kinds[1] ?? ''}() : new ${kinds[0] ?? ''}();`),
          ])
        : line(
            `${before}const ${root}: readonly ${type}[] = [${kinds.map((one) => `new ${one}()`).join(', ')}];`,
          ),
    );
    this.add({
      home: module,
      root,
      gives,
      isAsync: false,
      call: (given, argument) =>
        isPicked
          ? `${given}(${argument}).${method}(${argument})`
          : gives === 'list' || gives === 'none'
            ? `${given}[0]!.${method}(${argument})`
            : choices.chance(40)
              ? `${given}.map((one) => one.${method}(${argument}))[0]!`
              : `${given}[0]!.${method}(${argument})`,
    });
  }

  private tables(module: Module, gives: Gives): void {
    const { choices } = this;
    const parameter = `name${module.type('string')}`;
    const [first, second] = [
      this.named(gives, 'function in an object'),
      this.named(gives, 'function in an object'),
    ];
    const root = choices.name('handlers');
    const signature = `(name: string) => ${TYPES[gives]}`;
    const place = this.place(module, false, gives);
    const way = choices.one(['object', 'object', 'map', 'listed functions', 'later']);
    if (way === 'map' || way === 'listed functions') {
      const result = module.type(TYPES[gives]);
      module.body.push(
        ...[first, second].map((one) =>
          block(`function ${one}(${parameter})${result} {`, this.body(place, gives)),
        ),
      );
      const before = module.offers(root);
      const inMap = way === 'map';
      const type = inMap ? module.typed(`<string, ${signature}>`) : '';
      const pairs = `['one', ${first}], ['two', ${second}]`;
      module.body.push(
        line(
          inMap
            ? `${before}const ${root} = new Map${type}([${pairs}]);`
            : `${before}const ${root}${module.type(`(${signature})[]`)} = [${first}, ${second}];`,
        ),
      );
      const bang = module.typed('!');
      this.add({
        home: module,
        root,
        gives,
        isAsync: false,
        call: (given, argument) =>
          inMap
            ? `${given}.get('${choices.one(['one', 'two'])}')${bang}(${argument})`
            : `${given}[0]${bang}(${argument})`,
      });
      return;
    }
    const isLater = way === 'later' && this.dialect === 'js';
    const before = module.offers(root);
    const isDeclared = choices.chance(25);
    const type = isDeclared ? module.type(`Record<string, ${signature}>`) : '';
    const result = this.result(module, gives, false);
    module.body.push(
      block(
        `${before}const ${root}${type} = {`,
        [
          block(`${first}(${parameter})${result} {`, this.body(place, gives), '},'),
          ...(isLater
            ? []
            : [block(`${second}: (${parameter})${result} => {`, this.body(place, gives), '},')]),
        ],
        '};',
      ),
      ...(isLater ? [block(`${root}.${second} = function (name) {`, this.body(place, gives), '};')] : []),
    );
    if (module.offer !== 'single' && choices.chance(30)) this.dispatched(module, gives, root, first);
    const bang = isDeclared ? module.typed('!') : '';
    this.add({
      home: module,
      root,
      gives,
      isAsync: false,
      call: (given, argument) =>
        choices.way(
          [4, () => `${given}.${first}${bang}(${argument})`],
          [2, () => `${given}['${second}']${bang}(${argument})`],
          [2, () => `${given}[${argument}.length > 6 ? '${first}' : '${second}']${bang}(${argument})`],
          [
            this.weight('optional calls', 3),
            () => `${given}.${first}?.(${argument})${bang === '' ? '' : '!'}`,
          ],
        ),
    });
  }

  /** A function that hands an object whole to another one, or keeps it in a field, where a member is called under a computed name. */
  private dispatched(module: Module, gives: Gives, root: string, member: string): void {
    const { choices } = this;
    const name = this.named(gives, 'function that dispatches');
    const before = module.offers(name);
    const dispatch = choices.name('dispatch');
    const parameters = `kind${module.type('string')}, name${module.type('string')}`;
    const table = `Record<string, (name: string) => ${TYPES[gives]}>`;
    const result = module.type(TYPES[gives]);
    const returned = gives === 'none' ? '' : 'return ';
    const called = `table[kind]${module.typed('!')}(name);`;
    const isKept = choices.chance(40);
    module.body.push(
      isKept
        ? block(`class ${dispatch} {`, [
            line(`table${module.type(table)} = ${root};`),
            block(`run(${parameters})${result} {`, [line(`${returned}this.${called}`)]),
          ])
        : block(`function ${dispatch}(table${module.type(table)}, ${parameters})${result} {`, [
            line(`${returned}${called}`),
          ]),
      block(`${before}function ${name}(name${module.type('string')})${result} {`, [
        line(`${returned}${isKept ? `new ${dispatch}().run(` : `${dispatch}(${root}, `}'${member}', name);`),
      ]),
    );
    this.addPlain(module, name, gives, false);
  }

  /** A function that calls one that it is given. */
  private higherOrder(module: Module): void {
    const { choices } = this;
    const gives = choices.one<'str' | 'num' | 'bool'>(['str', 'num', 'bool']);
    const name = this.named(gives, 'higher-order function');
    const before = module.offers(name);
    const type = choices.way(
      [4, () => `(name: string) => ${TYPES[gives]}`],
      [1, () => '(name: string) => any'],
    );
    const head = `${before}function ${name}(work${module.type(type)}, name${module.type('string')})${module.type(TYPES[gives])} {`;
    const fallback = { str: "'none'", num: '0', bool: 'false' }[gives];
    module.body.push(
      block(
        head,
        choices.way<readonly Piece[]>(
          [3, () => [line('return work(name);')]],
          [
            2,
            () => [
              line("console.log('work', name);"),
              line('const made = work(name);'),
              line('return made;'),
            ],
          ],
          [
            2,
            () => [
              {
                kind: 'block',
                sections: [
                  { head: 'try {', body: [line('return work(name);')] },
                  { head: '} catch {', body: [line(`return ${fallback};`)] },
                ],
                close: '}',
              },
            ],
          ],
          [1, () => [line(`return name === '' ? ${fallback} : work.call(null, name);`)]],
          [1, () => [line(`return [name].map(work)[0]${module.typed('!')};`)]],
        ),
      ),
    );
    this.add({
      home: module,
      root: name,
      gives,
      isAsync: false,
      call: (root, argument, from) => `${root}(${this.functionFor(from, gives)}, ${argument})`,
    });
  }

  /** A function of a path that can be handed over: one of the program, or one that is written there. */
  private functionFor(module: Module, gives: Gives, item = 'each'): string {
    const fitting = this.callables.filter(
      (one) => one.gives === gives && one.value !== undefined && !one.isAsync,
    );
    const found = this.choices.chance(50) ? this.choices.any(fitting) : undefined;
    const text = found?.value?.(found.home === module ? found.root : this.reach(module, found));
    if (text !== undefined) return text;
    const place = {
      ...this.place(module, false, undefined),
      variables: [{ name: item, gives: 'str', isPath: true }],
    } as const;
    return `(${item}${module.type('string')}) => ${this.value(place, gives)}`;
  }

  private reach(module: Module, { root, home }: Callable): string {
    return module.reach(root, home, this.barrel);
  }

  private withDefault(module: Module): void {
    const name = this.named('str', 'function with a default');
    const before = module.offers(name);
    const value = this.value(this.place(module, false, undefined), 'str');
    module.body.push(
      block(
        `${before}function ${name}(name${module.type('string')}, text = ${value})${module.type('string')} {`,
        [line('return `${name}: ${text}`;')],
      ),
    );
    this.addPlain(module, name, 'str', false);
  }

  private recursive(module: Module): void {
    const { choices } = this;
    const gives = choices.one<'str' | 'num'>(['str', 'num']);
    const name = this.named(gives, 'recursive function');
    const before = module.offers(name);
    const parameters = `name${module.type('string')}, depth${module.type('number')}`;
    const place = this.place(module, false, gives);
    const result = module.type(TYPES[gives]);
    const plus = gives === 'str' ? "+ '.'" : '+ 1';
    const isMutual = choices.chance(40);
    const other = isMutual ? this.named(gives, 'mutually recursive function') : name;
    const base = [block('if (depth <= 0) {', [line(`return ${this.value(place, gives)};`)])];
    module.body.push(
      block(`${before}function ${name}(${parameters})${result} {`, [
        ...base,
        ...this.statements(place, 1),
        line(`return ${other}(name, depth - 1) ${plus};`),
      ]),
      ...(isMutual
        ? [
            block(`function ${other}(${parameters})${result} {`, [
              ...(choices.chance(50) ? base : [block('if (depth <= 0) {', this.pure(gives))]),
              line(`return ${name}(name, depth - 1);`),
            ]),
          ]
        : []),
    );
    this.add({
      home: module,
      root: name,
      gives,
      isAsync: false,
      call: (root, argument) => `${root}(${argument}, ${choices.below(3)})`,
    });
  }

  /** A function that keeps something between its calls. */
  private memory(module: Module): void {
    const { choices } = this;
    const name = this.named('str', 'function with a memory');
    const before = module.offers(name);
    const place = this.place(module, false, 'str');
    const value = (): string => this.value({ ...place, depth: 0 }, 'str');
    const kept = choices.name('kept');
    const head = `${before}function ${name}(name${module.type('string')})${module.type('string')} {`;
    const log = line(`console.log('${kept}', ${kept});`);
    const [state, body] = choices.way<readonly [Piece, readonly Piece[]]>(
      [3, () => [line(`let ${kept} = 0;`), [line(`${kept} += 1;`), line(`return ${value()} + ${kept};`)]]],
      [
        3,
        () => [
          line(`let ${kept} = 0;`),
          [line(`const text = ${value()};`), line(`${kept} += text.length;`), line(`return text + ${kept};`)],
        ],
      ],
      [
        2,
        () => [
          line(`let ${kept}${module.type('string | undefined')};`),
          [line(`${kept} ??= ${value()};`), line(`return ${kept};`)],
        ],
      ],
      [
        2,
        () => [
          line(`let ${kept} = '';`),
          [block(`if (${kept} === '') {`, [line(`${kept} = ${value()};`)]), line(`return ${kept};`)],
        ],
      ],
      [
        3,
        () => [
          line(`const ${kept} = new Map${module.typed('<string, string>')}();`),
          [
            line(`const known = ${kept}.get(name);`),
            line('if (known !== undefined) return known;'),
            line(`const made = ${value()};`),
            line(`${kept}.set(name, made);`),
            ...(choices.chance(50) ? [line(`console.log('made', ${kept}.size);`)] : []),
            line('return made;'),
          ],
        ],
      ],
      [
        2,
        () => [
          line(`let ${kept} = '';`),
          [line(`${kept} = name;`), line(`const text = ${value()};`), log, line(`return text + ${kept};`)],
        ],
      ],
      [
        2,
        () => [
          line(`const ${kept}${module.type('string[]')} = [];`),
          [line(`${kept}.push(${value()});`), log, line(`return ${kept}.join();`)],
        ],
      ],
      [
        2,
        () => [
          line(`let ${kept} = false;`),
          [
            line(`if (${kept}) return 'busy';`),
            line(`${kept} = true;`),
            line(`const text = ${value()};`),
            line(`${kept} = false;`),
            line('return text;'),
          ],
        ],
      ],
      [
        2,
        () => [
          line(`const ${kept} = { name: '', count: 0 };`),
          [
            line(`${kept}.name = name;`),
            line(`const text = ${value()};`),
            ...(choices.chance(50) ? [line(`${kept}.count += 1;`)] : []),
            line(`return text + ${kept}.name + ${kept}.count;`),
          ],
        ],
      ],
      [
        2,
        () => [
          line(`let ${kept} = 0;`),
          [
            line(`const at = ${kept};`),
            line(`const text = ${value()};`),
            line(`${kept} = at + 1;`),
            line('return text + at;'),
          ],
        ],
      ],
      [
        2,
        () => [
          line(`let ${kept} = '';`),
          [
            line(`${kept} = ${kept} + ${value()}.slice(0, 3);`),
            ...(choices.chance(50) ? [line(`return ${value()} + ${kept};`)] : [line(`return ${kept};`)]),
          ],
        ],
      ],
    );
    module.body.push(state, block(head, body));
    this.addPlain(module, name, 'str', false);
  }

  /** A function that uses a file which others use too. */
  private sharedFile(module: Module): void {
    const { choices } = this;
    const name = this.named('str', 'function with a shared file');
    const before = module.offers(name);
    const path = "'shared.txt'";
    const fs = (one: string): string => module.node('fs', one);
    const other = (): string => this.value({ ...this.place(module, false, undefined), depth: 0 }, 'str');
    const read = (): string => `${fs('readFileSync')}(${path}, 'utf8')`;
    const body = choices.way<readonly Piece[]>(
      [3, () => [line(`${fs('writeFileSync')}(${path}, name);`), line(`return ${read()};`)]],
      [
        2,
        () => [
          line(`${fs('writeFileSync')}(${path}, name);`),
          line(`const text = ${other()};`),
          line(`return text + ${read()};`),
        ],
      ],
      [
        3,
        () => [
          line(`if (!${fs('existsSync')}(${path})) ${fs('writeFileSync')}(${path}, name);`),
          line(`return ${read()};`),
        ],
      ],
      [2, () => [line(`if (${fs('existsSync')}(${path})) return ${read()};`), line("return 'none';")]],
      [
        2,
        () => [
          line(`const text = ${fs('existsSync')}(${path}) ? ${read()} : '';`),
          line(`${fs('writeFileSync')}(${path}, text + name);`),
          line('return text;'),
        ],
      ],
      [
        this.weight('removed files', 2),
        () => [line(`${fs('rmSync')}(${path}, { force: true });`), line(`return ${other()};`)],
      ],
      [
        1,
        () => [
          line(`${fs('appendFileSync')}(${path}, name);`),
          line(`return String(${fs('statSync')}(${path}).size);`),
        ],
      ],
      [
        2,
        () => [
          line(`const text = ${other()};`),
          line(`${fs('writeFileSync')}(${path}, text);`),
          line('return text;'),
        ],
      ],
    );
    module.body.push(
      block(`${before}function ${name}(name${module.type('string')})${module.type('string')} {`, body),
    );
    this.addPlain(module, name, 'str', false);
  }

  private emitter(module: Module): void {
    const { choices } = this;
    const name = this.named('str', 'function that emits');
    const bus = choices.name('bus');
    const before = module.offers(name);
    const emitter = module.node('events', 'EventEmitter');
    const value = this.value({ ...this.place(module, false, undefined), depth: 0 }, 'str');
    module.body.push(
      line(`const ${bus} = new ${emitter}();`),
      block(
        `${bus}.on('load', (name${module.type('string')}, box${module.type('{ text: string }')}) => {`,
        [line(choices.chance(50) ? `box.text = ${value};` : `console.log('heard', ${value});`)],
        '});',
      ),
      block(`${before}function ${name}(name${module.type('string')})${module.type('string')} {`, [
        line("const box = { text: '' };"),
        line(`${bus}.emit('load', name, box);`),
        line('return box.text;'),
      ]),
    );
    this.addPlain(module, name, 'str', false);
  }

  private timer(module: Module): void {
    const { choices } = this;
    const name = this.named('none', 'function with a timer');
    const before = module.offers(name);
    const value = this.value({ ...this.place(module, false, undefined), depth: 0 }, 'str');
    const timer = choices.one(['setTimeout', 'setImmediate']);
    const after = timer === 'setTimeout' ? ', 1' : '';
    module.body.push(
      block(
        `${before}async function ${name}(name${module.type('string')})${module.type('Promise<void>')} {`,
        [
          block(
            `await new Promise${module.typed('<void>')}((resolve) => {`,
            [
              block(
                `${timer}(() => {`,
                choices.chance(60)
                  ? [
                      {
                        kind: 'block',
                        sections: [
                          { head: 'try {', body: [line(`console.log('late', ${value});`)] },
                          {
                            head: '} catch (error) {',
                            body: [line("console.log('failed', String(error));")],
                          },
                        ],
                        close: '}',
                      },
                      line('resolve();'),
                    ]
                  : [line(`console.log('late', typeof name);`), line('resolve();')],
                `}${after});`,
              ),
            ],
            '});',
          ),
        ],
      ),
    );
    this.addPlain(module, name, 'none', true);
  }

  /** A class of which the language calls a method. */
  private protocol(module: Module): void {
    const { choices } = this;
    const type = choices.name('View');
    const before = module.offers(type);
    const place = this.place(module, false, 'str');
    const value = this.value(place, 'str').replaceAll(/\bname\b/g, 'this.name');
    const bang = module.typed('!');
    const [method, body, call] = choices.way<
      readonly [string, string, (root: string, argument: string) => string]
    >(
      [
        3,
        () => [
          'toString()',
          `return ${value};`,
          (root, argument) => `\`\${new ${constructorOf(root)}(${argument})}\``,
        ],
      ],
      [
        3,
        () => [
          'toJSON()',
          `return ${value};`,
          (root, argument) => `JSON.stringify(new ${constructorOf(root)}(${argument}))`,
        ],
      ],
      [
        1,
        () => [
          'valueOf()',
          `return ${value};`,
          (root, argument) => `(new ${constructorOf(root)}(${argument})${module.typed(' as any')} + '')`,
        ],
      ],
      [
        2,
        () => [
          '*[Symbol.iterator]()',
          `yield ${value};`,
          (root, argument) => `[...new ${constructorOf(root)}(${argument})][0]${bang}`,
        ],
      ],
    );
    const field = line(`name${module.type('string')};`);
    module.body.push(
      block(`${before}class ${type} {`, [
        field,
        block(`constructor(name${module.type('string')}) {`, [line('this.name = name;')]),
        block(`${method} {`, [line(body)]),
      ]),
    );
    this.declared.push({ name: type, kind: 'method that the language calls' });
    this.add({ home: module, root: type, gives: 'str', isAsync: false, call });
  }

  private accessor(module: Module): void {
    const { choices } = this;
    const type = choices.name('Box');
    const name = this.named('str', 'getter');
    const before = module.offers(type);
    const value = this.value(this.place(module, false, 'str'), 'str').replaceAll(/\bname\b/g, 'this.name');
    const isSetter = choices.chance(25);
    module.body.push(
      block(`${before}class ${type} {`, [
        line(`name${module.type('string')};`),
        line("text = '';"),
        block(`constructor(name${module.type('string')}) {`, [line('this.name = name;')]),
        isSetter
          ? block(`set ${name}(_one${module.type('string')}) {`, [line(`this.text = ${value};`)])
          : block(`get ${name}()${module.type('string')} {`, [line(`return ${value};`)]),
      ]),
    );
    this.add({
      home: module,
      root: type,
      gives: 'str',
      isAsync: false,
      call: (root, argument) =>
        isSetter
          ? `Object.assign(new ${constructorOf(root)}(${argument}), { ${name}: 'x' }).text`
          : `new ${constructorOf(root)}(${argument}).${name}`,
    });
  }

  private constructing(module: Module): void {
    const { choices } = this;
    const type = choices.name('Doc');
    const before = module.offers(type);
    this.declared.push({ name: type, kind: 'constructor' });
    const place = this.place(module, false, undefined);
    const isField = choices.chance(30);
    module.body.push(
      block(`${before}class ${type} {`, [
        isField
          ? line(`text = ${this.value({ ...place, variables: [] }, 'str')};`)
          : line(`text${module.type('string')};`),
        block(`constructor(name${module.type('string')}) {`, [
          isField ? line('this.text += name;') : line(`this.text = ${this.value(place, 'str')};`),
        ]),
      ]),
    );
    this.add({
      home: module,
      root: type,
      gives: 'str',
      isAsync: false,
      call: (root, argument) => `new ${constructorOf(root)}(${argument}).text`,
    });
  }

  private generator(module: Module): void {
    const name = this.named('list', 'generator');
    const before = module.offers(name);
    const place = this.place(module, false, undefined);
    module.body.push(
      block(`${before}function* ${name}(name${module.type('string')}) {`, [
        ...this.statements({ ...place, depth: 1 }, 1),
        line(`yield ${this.value(place, 'str')};`),
        line(`yield* ${this.value(place, 'list')};`),
      ]),
    );
    this.add({
      home: module,
      root: name,
      gives: 'list',
      isAsync: false,
      call: (root, argument) => `[...${root}(${argument})]`,
    });
  }

  private overloads(module: Module): void {
    const name = this.named('str', 'overloaded function');
    const before = module.offers(name);
    const place = this.place(module, false, 'str');
    module.body.push(
      line(`${before}function ${name}(name: string): string;`),
      line(`${before}function ${name}(name: string, isLong: true): string;`),
      block(`${before}function ${name}(name: string, isLong?: boolean): string {`, [
        line("console.log('long', isLong);"),
        ...this.body(place, 'str'),
      ]),
    );
    this.add({
      home: module,
      root: name,
      gives: 'str',
      isAsync: false,
      call: (root, argument) => `${root}(${argument}${this.choices.chance(40) ? ', true' : ''})`,
    });
  }

  /** A method that is called on something of which the types say nothing. */
  private anyReceiver(module: Module, gives: Gives): void {
    const { choices } = this;
    const type = choices.name('Reader');
    const method = this.named(gives, 'method that anybody calls');
    const via = this.named(gives, 'function of any receiver');
    const before = module.offers(via);
    const instance = choices.name('reader');
    const place = this.place(module, false, gives);
    const returned = gives === 'none' ? '' : 'return ';
    const used = `with${via}(${instance}, name)`;
    module.body.push(
      block(`class ${type} {`, [
        block(
          `${method}(name${module.type('string')})${this.result(module, gives, false)} {`,
          this.body(place, gives),
        ),
      ]),
      line(`const ${instance} = new ${type}();`),
      block(
        `function with${via}(one${module.type('any')}, name${module.type('string')})${module.type(TYPES[gives])} {`,
        [line(`${returned}one.${method}(name);`)],
      ),
      block(`${before}function ${via}(name${module.type('string')})${module.type(TYPES[gives])} {`, [
        line(`${instance}.${method}(name);`),
        ...(gives === 'none'
          ? [line(`${used};`), line(`console.log('${via}');`)]
          : [line(`const made = ${used};`), line(`console.log('${via}', made);`), line('return made;')]),
      ]),
    );
    this.addPlain(module, via, gives, false);
  }

  /** A function that makes functions. */
  private factory(module: Module, gives: Gives): void {
    const { choices } = this;
    const make = choices.name('make');
    const name = this.named(gives, 'function that is made');
    const before = module.offers(name);
    const place: Place = { ...this.place(module, false, gives), depth: 1 };
    const isCounting = this.has('closures') && choices.chance(60);
    const result = this.result(module, gives, false);
    const inner = isCounting ? [line('turns += 1;'), ...this.body(place, gives)] : this.body(place, gives);
    module.body.push(
      block(`function ${make}(label${module.type('string')}) {`, [
        ...(isCounting ? [line('let turns = 0;')] : []),
        block(
          `return (name${module.type('string')})${result} => {`,
          [line(`console.log(label${isCounting ? ', turns' : ''});`), ...inner],
          '};',
        ),
      ]),
      line(`${before}const ${name} = ${make}('${name}');`),
    );
    this.addPlain(module, name, gives, false);
  }

  private validator(module: Module): void {
    const { choices } = this;
    const isCheck = choices.chance(55);
    const gives = isCheck ? 'none' : 'bool';
    const name = this.named(gives, 'validator');
    const before = module.offers(name);
    const place = this.place(module, false, gives);
    const condition = this.value(place, 'bool');
    module.body.push(
      block(`${before}function ${name}(name${module.type('string')})${module.type(TYPES[gives])} {`, [
        line(
          isCheck
            ? `if (!(${condition})) throw new RangeError(\`refused: \${name}\`);`
            : `return ${condition};`,
        ),
      ]),
    );
    this.addPlain(module, name, gives, false);
  }

  private descriptor(module: Module): void {
    const name = this.named('str', 'function with a descriptor');
    const before = module.offers(name);
    const fs = (one: string): string => module.node('fs', one);
    module.body.push(
      block(`${before}function ${name}(name${module.type('string')})${module.type('string')} {`, [
        line(`const fd = ${fs('openSync')}(\`\${name}\`, 'r');`),
        {
          kind: 'block',
          sections: [
            {
              head: 'try {',
              body: [
                line('const buffer = Buffer.alloc(4);'),
                line(`const length = ${fs('readSync')}(fd, buffer, 0, 4, 0);`),
                line("return buffer.toString('utf8', 0, length);"),
              ],
            },
            { head: '} finally {', body: [line(`${fs('closeSync')}(fd);`)] },
          ],
          close: '}',
        },
      ]),
    );
    this.addPlain(module, name, 'str', false);
  }

  // The entry.

  private main(module: Module): void {
    const { choices } = this;
    const place: Place = { ...this.place(module, true, undefined), depth: 2 };
    const used = choices.shuffled(this.callables).slice(0, 5);
    const steps = [
      ...this.statements(place, choices.below(2)),
      ...used.flatMap((one) => this.step(place, one)),
      ...this.statements(place, choices.below(2)),
    ];
    if (this.has('express')) {
      const express = module.package('express');
      const before = this.dialect === 'ts' ? 'export ' : '';
      const isAsync = choices.chance(this.about === 'express' ? 20 : 60);
      const inside = isAsync
        ? steps
        : used.filter((one) => !one.isAsync).flatMap((one) => this.step({ ...place, isAsync: false }, one));
      const any = module.type('any');
      module.body.push(
        line(`${before}const app = ${express}();`),
        block(
          `app.get('/run', ${isAsync ? 'async ' : ''}(req${any}, res${any}) => {`,
          [
            line('const name = String(req.query.name);'),
            line(`const results${module.type('unknown[]')} = [];`),
            ...inside,
            line('res.json(results);'),
          ],
          '});',
        ),
        ...(this.dialect === 'js' ? [line('exports.app = app;')] : []),
      );
      return;
    }
    const before = this.dialect === 'ts' ? 'export ' : '';
    module.body.push(
      block(
        `${before}async function run(name${module.type('string')})${module.type('Promise<unknown[]>')} {`,
        [line(`const results${module.type('unknown[]')} = [];`), ...steps, line('return results;')],
      ),
      ...(this.dialect === 'js' ? [line('exports.run = run;')] : []),
    );
  }

  /** A use of a function of the program by the entry. */
  private step(place: Place, callable: Callable): readonly Piece[] {
    const { choices } = this;
    const text = this.called(place, callable, choices.chance(75) ? 'name' : choices.one(FILES));
    const done = line(callable.gives === 'none' ? `${text};` : `results.push(${text});`);
    if (!choices.chance(45)) return [done];
    return [
      {
        kind: 'block',
        sections: [
          { head: 'try {', body: [done] },
          { head: '} catch (error) {', body: [line('results.push(String(error));')] },
        ],
        close: '}',
      },
    ];
  }

  // Statements.

  /** The body of a function. */
  private body(place: Place, gives: Gives): readonly Piece[] {
    const { choices } = this;
    const made: Piece[] = [];
    const inner = this.addTo(made, place, choices.below(3));
    if (gives === 'none') {
      const text = this.call(inner, 'none') ?? this.write(inner);
      return [...made, line(`${text};`)];
    }
    if (!choices.chance(this.weight('try', 30)))
      return [...made, line(`return ${this.value(inner, gives)};`)];
    const value = choices.chance(50) ? this.call(inner, gives) : undefined;
    return [...made, this.returningTry(inner, gives, value ?? this.value(inner, gives))];
  }

  private returningTry(place: Place, gives: Gives, value: string): Piece {
    const { choices } = this;
    const fallback = this.simple({ ...place, depth: 0 }, gives);
    const caught = {
      head: choices.chance(50) ? '} catch {' : '} catch (error) {',
      body: choices.chance(60)
        ? [line(`console.log('caught', ${this.path(place)});`), line(`return ${fallback};`)]
        : [line(`return ${this.value({ ...place, depth: 0 }, gives)};`)],
    };
    const last = { head: '} finally {', body: [line("console.log('finally');")] };
    const isFinal = choices.chance(35);
    return {
      kind: 'block',
      sections: [
        { head: 'try {', body: [line(`return ${value};`)] },
        ...(isFinal && choices.chance(50) ? [] : [caught]),
        ...(isFinal ? [last] : []),
      ],
      close: '}',
    };
  }

  private statements(place: Place, count: number): readonly Piece[] {
    const made: Piece[] = [];
    this.addTo(made, place, count);
    return made;
  }

  /** Adds statements, and gives the place after them. */
  private addTo(into: Piece[], place: Place, count: number): Place {
    let at = place;
    for (let left = count; left > 0; left--) {
      const [pieces, variable] = this.statement(at);
      into.push(...pieces);
      if (variable !== undefined) at = { ...at, variables: [...at.variables, variable] };
    }
    return at;
  }

  private within(place: Place, ...variables: readonly Variable[]): Place {
    return { ...place, depth: place.depth - 1, variables: [...place.variables, ...variables] };
  }

  /** Statements of a block inside. */
  private inside(place: Place, ...variables: readonly Variable[]): readonly Piece[] {
    const { choices } = this;
    const inner = this.within(place, ...variables);
    const made = [...this.statements(inner, choices.below(2))];
    made.push(line(`console.log('${choices.name('step')}', ${this.simple(inner, 'str')});`));
    return made;
  }

  private statement(place: Place): readonly [readonly Piece[], Variable?] {
    const { choices } = this;
    const { module } = place;
    const deep = place.depth > 0 ? 1 : 0;
    return choices.way<readonly [readonly Piece[], Variable?]>(
      [
        6,
        () => {
          const gives = choices.one(VALUES);
          const name = choices.name({ str: 'text', num: 'size', bool: 'flag', list: 'items' }[gives]);
          const keyword = choices.one(['const', 'const', 'let']);
          return [[line(`${keyword} ${name} = ${this.value(place, gives)};`)], { name, gives }];
        },
      ],
      [
        3,
        () =>
          only(line(`console.log('${choices.name('seen')}', ${this.value(place, choices.one(VALUES))});`)),
      ],
      [2, () => only(line(`${this.call(place, 'none') ?? this.call(place, 'str') ?? this.write(place)};`))],
      [1, () => only(line(`${this.write(place)};`))],
      [
        deep * (3 + this.weight('conditions', 4)),
        () => {
          const body = this.inside(place);
          const condition = this.value(place, 'bool');
          const ahead =
            place.returns === undefined || place.returns === 'none' || !choices.chance(30)
              ? []
              : [line(`return ${this.simple(place, place.returns)};`)];
          const sections = [{ head: `if (${condition}) {`, body: [...body, ...ahead] }];
          if (choices.chance(35)) sections.push({ head: '} else {', body: [...this.inside(place)] });
          return only({ kind: 'block', sections, close: '}' });
        },
      ],
      [deep * this.weight('loops', 8), () => only(...this.loop(place))],
      [deep * this.weight('try', 7), () => only(this.tryStatement(place))],
      [
        this.weight('validators', 4),
        () =>
          only(
            line(
              `if (!${this.operand(place, 'bool')}) throw new RangeError('refused: ' + ${this.path(place)});`,
            ),
          ),
      ],
      [
        this.weight('loops', 3),
        () => {
          const name = choices.name('total');
          return [
            [
              line(`let ${name} = ${this.simple(place, 'num')};`),
              line(`${name} += ${this.value(place, 'num')};`),
            ],
            { name, gives: 'num' },
          ];
        },
      ],
      [
        this.weight('closures', 5),
        () => {
          const name = choices.name('inner');
          const kept = choices.name('state');
          const value = choices.name('text');
          const callback: Place = { ...place, isAsync: false, depth: 0, returns: undefined };
          return [
            [
              line(`let ${kept} = 0;`),
              block(
                `const ${name} = ()${this.result(module, 'str', false)} => {`,
                [line(`${kept} += 1;`), line(`return ${this.value(callback, 'str')} + ${kept};`)],
                '};',
              ),
              line(`const ${value} = ${name}() + ${choices.chance(50) ? `${name}()` : kept};`),
            ],
            { name: value, gives: 'str' },
          ];
        },
      ],
      [
        this.weight('variables', 5),
        () => {
          const fitting = this.callables.filter(
            (one) => one.value !== undefined && !one.isAsync && one.gives === 'str',
          );
          const [found, other] = choices.shuffled(fitting);
          const one = found?.value?.(this.reach(module, found));
          const two = other?.value?.(this.reach(module, other));
          if (one === undefined) return only(line(`console.log('${choices.name('seen')}');`));
          const name = choices.name('chosen');
          const value = choices.name('text');
          const text =
            two === undefined || choices.chance(40) ? one : `${this.simple(place, 'bool')} ? ${one} : ${two}`;
          return [
            [line(`const ${name} = ${text};`), line(`const ${value} = ${name}(${this.path(place)});`)],
            { name: value, gives: 'str' },
          ];
        },
      ],
      [
        this.weight('comparisons of functions', 5),
        () => {
          const found = choices.any(
            this.callables.filter((one) => one.value !== undefined && one.gives === 'str' && !one.isAsync),
          );
          const one = found?.value?.(this.reach(module, found));
          if (one === undefined || !/^[\w.]+$/.test(one))
            return only(line(`console.log('${choices.name('seen')}');`));
          const name = choices.name('text');
          return [
            [
              line(
                `const ${name} = typeof ${one} === 'function' ? ${one}(${this.path(place)}) : 'no function';`,
              ),
            ],
            { name, gives: 'str' },
          ];
        },
      ],
      [
        deep * this.weight('array callbacks', 4),
        () => {
          const item = choices.name('item');
          const list = this.short(place);
          const inner: Place = {
            ...this.within(place, { name: item, gives: 'str', isPath: true }),
            isAsync: false,
            returns: undefined,
          };
          const head = `${list}.forEach((${item}) => {`;
          const ahead = choices.chance(30)
            ? [line(`if (${this.value({ ...inner, depth: 0 }, 'bool')}) return;`)]
            : [];
          return only(block(head, [...ahead, ...this.inside(inner)], '});'));
        },
      ],
      [
        deep * this.weight('array callbacks', 3),
        () => {
          const item = choices.name('item');
          const name = choices.name('texts');
          const kept = choices.name('all');
          const inner: Place = {
            ...this.within(place, { name: item, gives: 'str', isPath: true }),
            depth: 0,
            isAsync: false,
            returns: undefined,
          };
          return [
            [
              line(`let ${kept} = '';`),
              block(
                `const ${name} = ${this.short(place)}.map((${item}) => {`,
                [line(`${kept} += ${this.value(inner, 'str')};`), line(`return ${kept};`)],
                '});',
              ),
            ],
            { name, gives: 'list' },
          ];
        },
      ],
      [
        place.isAsync ? this.weight('promises', 6) : 0,
        () => {
          const name = choices.name('items');
          return [[line(`const ${name} = await ${this.promised(place)};`)], { name, gives: 'list' }];
        },
      ],
      [
        1,
        () => {
          const name = choices.name('first');
          return [[line(`const [${name} = ''] = ${this.value(place, 'list')};`)], { name, gives: 'str' }];
        },
      ],
      [
        1,
        () => {
          const name = choices.name('length');
          return [[line(`const { length: ${name} } = ${this.value(place, 'str')};`)], { name, gives: 'num' }];
        },
      ],
    );
  }

  private loop(place: Place): readonly Piece[] {
    const { choices } = this;
    const turn = choices.name('turn');
    const item = choices.name('line');
    const label = choices.name('walk');
    const body = (): readonly Piece[] => this.inside(place);
    return choices.way<readonly Piece[]>(
      [
        3,
        () => [
          line(`let ${turn} = 0;`),
          block(`while (${turn}++ < 2 && ${this.operand(place, 'bool')}) {`, body()),
        ],
      ],
      [
        2,
        () => [
          line(`let ${turn} = 0;`),
          block(`while (${this.operand(place, 'bool')} && ${turn}++ < 2) {`, body()),
        ],
      ],
      [
        2,
        () => [
          line(`let ${turn} = 0;`),
          block('do {', body(), `} while (${turn}++ < 1 && ${this.operand(place, 'bool')});`),
        ],
      ],
      [
        4,
        () => [
          block(
            `for (const ${item} of ${this.value(place, 'list')}) {`,
            this.inside(place, { name: item, gives: 'str' }),
          ),
        ],
      ],
      [
        3,
        () => [
          block(`for (const ${item} of ['a.txt', 'b.txt', 'missing.txt']) {`, [
            ...(choices.chance(40)
              ? [
                  line(
                    `if (!${this.operand({ ...place, variables: [{ name: item, gives: 'str', isPath: true }] }, 'bool')}) ${choices.one(['continue', 'break'])};`,
                  ),
                ]
              : []),
            ...this.inside(place, { name: item, gives: 'str', isPath: true }),
          ]),
        ],
      ],
      [
        2,
        () => [
          block(
            `for (let ${turn} = 0; ${turn} < Math.min(2, ${this.value(place, 'num')}); ${turn}++) {`,
            body(),
          ),
        ],
      ],
      [
        2,
        () => [
          block(`${label}: for (const ${item} of ['a.txt', 'b.txt']) {`, [
            block(`for (const ${turn} of [1, 2]) {`, [
              line(`if (${turn} === 2 && ${this.operand(place, 'bool')}) continue ${label};`),
              ...this.inside(place, { name: item, gives: 'str', isPath: true }),
            ]),
          ]),
        ],
      ],
      [
        1,
        () => [
          {
            kind: 'block',
            sections: [
              { head: `switch (${this.value(place, 'num')}) {`, body: [] },
              { head: 'case 0: {', body: [...body(), line('break;')] },
              { head: '} default: {', body: body() },
            ],
            close: '} }',
          },
        ],
      ],
    );
  }

  private tryStatement(place: Place): Piece {
    const { choices } = this;
    const inner = this.within(place);
    const first = line(`${this.call(inner, 'none') ?? this.call(inner, 'str') ?? this.write(inner)};`);
    const sections = [
      { head: 'try {', body: [first, ...this.inside(place)] },
      {
        head: '} catch (error) {',
        body: [
          line("console.log('caught', String(error));"),
          ...(choices.chance(25) ? this.statements(inner, 1) : []),
          ...(choices.chance(15) ? [line('throw error;')] : []),
        ],
      },
    ];
    if (choices.chance(30)) sections.push({ head: '} finally {', body: [...this.inside(place)] });
    return { kind: 'block', sections, close: '}' };
  }

  // Expressions.

  /** Several promises in one. */
  private promised(place: Place): string {
    const { choices } = this;
    const item = choices.name('one');
    const inner: Place = {
      ...this.within(place, { name: item, gives: 'str', isPath: true }),
      isAsync: false,
      depth: 0,
      returns: undefined,
    };
    const listed = `['a.txt', 'b.txt']`;
    return choices.way(
      [3, () => `Promise.all(${listed}.map((${item}) => ${this.value(inner, 'str')}))`],
      [
        3,
        () =>
          `Promise.all(${listed}.map(async (${item}) => ${this.value({ ...inner, isAsync: true }, 'str')}))`,
      ],
      [3, () => `Promise.all([${this.value(place, 'str')}, ${this.value(place, 'str')}])`],
      [2, () => `Promise.resolve(${this.path(place)}).then((${item}) => [${this.value(inner, 'str')}])`],
      [1, () => `Promise.resolve(${this.value(place, 'list')})`],
    );
  }

  /** A list of a few paths. */
  private short(place: Place): string {
    return this.choices.way(
      [3, () => `['a.txt', 'b.txt']`],
      [2, () => `[${this.path(place)}, 'a.txt']`],
      [1, () => `['a.txt', 'missing.txt', 'b.txt']`],
    );
  }

  private path(place: Place): string {
    const { choices } = this;
    const known = choices.any(place.variables.filter(({ isPath }) => isPath === true));
    return choices.way([known === undefined ? 0 : 7, () => known?.name ?? ''], [2, () => choices.one(FILES)]);
  }

  /** A path as an argument of `fs`: what it is must be seen there in JavaScript. */
  private argument(place: Place): string {
    const path = this.path(place);
    return this.dialect === 'js' && !path.startsWith("'") ? `\`./\${${path}}\`` : path;
  }

  private called(place: Place, callable: Callable, argument: string): string {
    const isOwn = place.own.includes(callable);
    const root = isOwn ? 'this' : this.reach(place.module, callable);
    const text = callable.call(root, argument, place.module);
    return callable.isAsync ? `(await ${text})` : text;
  }

  /** A call of something of the program; undefined where nothing gives that. */
  private call(place: Place, gives: Gives): string | undefined {
    const { choices } = this;
    const fitting = [...place.own, ...this.callables].filter(
      (one) => one.gives === gives && (!one.isAsync || place.isAsync),
    );
    // What was declared last is called more often: cones become deep.
    const late = fitting.slice(-3);
    const callable = choices.any(choices.chance(60) ? late : fitting);
    return callable === undefined ? undefined : this.called(place, callable, this.path(place));
  }

  /** A call that blocks and gives nothing. */
  private write(place: Place): string {
    const { choices } = this;
    const { module } = place;
    const path = this.path(place);
    const own = `\`out-\${${path}}\``;
    return choices.way(
      [
        this.weight('written files', 9),
        () => `${module.node('fs', 'writeFileSync')}(${own}, ${this.simple(place, 'str')})`,
      ],
      [this.weight('written files', 4), () => `${module.node('fs', 'appendFileSync')}(${own}, 'more')`],
      [this.weight('written files', 2), () => `${module.node('fs', 'copyFileSync')}('a.txt', ${own})`],
      [this.weight('removed files', 5), () => `${module.node('fs', 'rmSync')}(${own}, { force: true })`],
      [2, () => `${module.node('fs', 'mkdirSync')}(\`made-\${${path}}\`, { recursive: true })`],
      [2, () => `${module.node('fs', 'accessSync')}(${this.argument(place)})`],
    );
  }

  /** A call that blocks and gives something. */
  private leaf(place: Place, gives: Gives): string {
    const { choices } = this;
    const { module } = place;
    const fs = (name: string): string => module.node('fs', name);
    const path = this.argument(place);
    const read = (): string => `${fs('readFileSync')}(${path}, 'utf8')`;
    switch (gives) {
      case 'str':
        return choices.way(
          [8, read],
          [1, () => `${fs('readFileSync')}(${path}).toString()`],
          [1, () => `String(${fs('readFileSync')}(${path}))`],
          [1, () => `${fs('readdirSync')}('dir').join()`],
          [1, () => `JSON.stringify(JSON.parse(${fs('readFileSync')}('c.json', 'utf8')))`],
          [
            1,
            () =>
              `${module.node('zlib', 'gunzipSync')}(${module.node('zlib', 'gzipSync')}(${this.path(place)})).toString()`,
          ],
          [
            1,
            () =>
              `${module.node('crypto', 'pbkdf2Sync')}(${this.path(place)}, 'salt', 1, 8, 'sha1').toString('hex')`,
          ],
          [
            this.weight('processes', 1),
            () =>
              `${module.node('child_process', 'execFileSync')}('echo', [${this.path(place)}], { encoding: 'utf8' })`,
          ],
        );
      case 'num':
        return choices.way(
          [4, () => `${fs('statSync')}(${path}).size`],
          [3, () => `${read()}.length`],
          [1, () => `${fs('readdirSync')}('dir').length`],
        );
      case 'bool':
        return choices.way(
          [6, () => `${fs('existsSync')}(${path})`],
          [2, () => `${fs('statSync')}(${path}).isFile()`],
          [1, () => `${read()}.includes('a')`],
        );
      case 'list':
        return choices.way([4, () => `${fs('readdirSync')}('dir')`], [4, () => `${read()}.split('\\n')`]);
      case 'none':
        return this.write(place);
    }
  }

  /** An expression that may hold calls. */
  private value(place: Place, gives: Gives): string {
    const { choices } = this;
    const inner: Place = { ...place, depth: place.depth - 1 };
    const isDeep = place.depth > 0;
    return choices.way(
      [9, () => this.call(place, gives) ?? this.leaf(place, gives)],
      [5, () => this.leaf(place, gives)],
      [1, () => this.simple(place, gives)],
      [
        isDeep && gives === 'str' ? this.weight('texts', 5) : 0,
        () => `\`\${${this.value(inner, this.gives())}}: \${${this.value(inner, 'str')}}\``,
      ],
      [isDeep ? 4 : 0, () => this.combined(inner, gives)],
      [
        isDeep ? this.weight('array callbacks', 5) : 0,
        () => this.walked({ ...inner, isAsync: false, returns: undefined }, gives),
      ],
      [
        isDeep ? this.weight('callbacks that are used', 5) : 0,
        () => this.usedAtOnce({ ...inner, isAsync: false, returns: undefined }, gives),
      ],
      [
        isDeep ? this.weight('closures', 2) : 0,
        () => `(() => ${this.value({ ...inner, isAsync: false, returns: undefined }, gives)})()`,
      ],
    );
  }

  /** A value that may stand before or after an operator. */
  private operand(place: Place, gives: Gives): string {
    const text = this.value(place, gives);
    return /^[\w.]+\([^()]*\)(?:\.\w+(?:\([^()]*\))?)*$|^\w+$/.test(text) ? text : `(${text})`;
  }

  private combined(place: Place, gives: Gives): string {
    const { choices } = this;
    const operand = (of: Gives): string => this.operand(place, of);
    switch (gives) {
      case 'str':
        return choices.way(
          [
            3,
            () =>
              `\`\${${this.value(place, 'str')}}: \${${this.value(place, choices.one<Gives>(['str', 'num', 'bool']))}}\``,
          ],
          [3, () => `(${operand('bool')} ? ${operand('str')} : ${operand('str')})`],
          [2, () => `${operand('str')} + ${operand('str')}`],
          [2, () => `${operand('str')}.trim()`],
          [1, () => `${operand('list')}.join('|')`],
          [2, () => `(${operand('str')} || ${operand('str')})`],
          [1, () => `String(${this.value(place, 'bool')})`],
          [1, () => `(${operand('list')}[0] ?? ${operand('str')})`],
          [1, () => `({ text: ${this.value(place, 'str')} }).text`],
        );
      case 'num':
        return choices.way(
          [3, () => `${operand('num')} + ${operand('num')}`],
          [2, () => `${operand('str')}.length`],
          [2, () => `${operand('list')}.length`],
          [1, () => `Number(${this.value(place, 'bool')})`],
          [1, () => `Math.max(${this.value(place, 'num')}, ${this.value(place, 'num')})`],
          [1, () => `-${operand('num')}`],
        );
      case 'bool':
        return choices.way(
          [3, () => `!${operand('bool')}`],
          [3, () => `(${operand('bool')} && ${operand('bool')})`],
          [3, () => `(${operand('bool')} || ${operand('bool')})`],
          [2, () => `${operand('num')} > 3`],
          [2, () => `${operand('str')} === ${operand('str')}`],
          [1, () => `${operand('str')}.includes(${this.value(place, 'str')})`],
        );
      case 'list':
        return choices.way(
          [3, () => `[...${operand('list')}, ${this.value(place, 'str')}]`],
          [2, () => `[${this.value(place, 'str')}, ${this.value(place, 'str')}]`],
          [2, () => `${operand('list')}.concat(${this.value(place, 'list')})`],
          [1, () => `${operand('str')}.split('')`],
        );
      case 'none':
        return this.write(place);
    }
  }

  /** A method of an array that is given a function which blocks. */
  private walked(place: Place, gives: Gives): string {
    const { choices } = this;
    const item = choices.name('entry');
    const list = this.short(place);
    const inner = {
      ...place,
      depth: 0,
      variables: [...place.variables, { name: item, gives: 'str', isPath: true } as const],
    };
    const callback = (of: Gives): string =>
      choices.chance(30)
        ? this.functionFor(place.module, of, item)
        : choices.chance(70)
          ? `(${item}) => ${this.value(inner, of)}`
          : `function (${item}) { return ${this.value(inner, of)}; }`;
    switch (gives) {
      case 'str':
        return choices.way(
          [2, () => `(${list}.find(${callback('bool')}) ?? 'none')`],
          [3, () => `${list}.map(${callback('str')}).join()`],
          [2, () => `${list}.reduce((all, ${item}) => all + ${this.operand(inner, 'str')}, '')`],
        );
      case 'num':
        return choices.way(
          [2, () => `${list}.filter(${callback('bool')}).length`],
          [2, () => `${list}.reduce((sum, ${item}) => sum + ${this.operand(inner, 'num')}, 0)`],
        );
      case 'bool':
        return `${list}.${choices.one(['some', 'every'])}(${callback('bool')})`;
      case 'list':
        return choices.way(
          [3, () => `${list}.map(${callback('str')})`],
          [2, () => `${list}.flatMap(${callback('list')})`],
          [2, () => `${list}.filter(${callback('bool')})`],
        );
      case 'none':
        return this.write(place);
    }
  }

  /** A function of the language that uses at once what a callback gives. */
  private usedAtOnce(place: Place, gives: Gives): string {
    const { choices } = this;
    const item = choices.name('part');
    const inner = {
      ...place,
      depth: 0,
      variables: [...place.variables, { name: item, gives: 'str' } as const],
    };
    const num = (name: string): string =>
      this.operand({ ...inner, variables: [{ name, gives: 'str', isPath: true }] }, 'num');
    switch (gives) {
      case 'str':
        return choices.way(
          [3, () => `${this.operand(place, 'str')}.replace(/a/g, (${item}) => ${this.value(inner, 'str')})`],
          [
            2,
            () =>
              `String(JSON.parse('{"n":"a.txt"}', (_key, ${item}) => typeof ${item} === 'string' ? ${this.value(inner, 'str')} : ${item}).n)`,
          ],
        );
      case 'list':
        return choices.way(
          [3, () => `${this.short(place)}.sort((one, other) => ${num('one')} - ${num('other')})`],
          [2, () => `Array.from(['a.txt', 'b.txt'], (${item}) => ${this.value(inner, 'str')})`],
        );
      case 'num':
        return `${this.short(place)}.findIndex((${item}) => ${this.value(inner, 'bool')})`;
      case 'bool':
        return `${this.operand(place, 'str')}.replace(/t/, () => ${this.value(inner, 'str')}) === ''`;
      case 'none':
        return this.write(place);
    }
  }

  /** An expression that calls nothing. */
  private simple(place: Place, gives: Gives): string {
    const { choices } = this;
    const known = choices.any(place.variables.filter((one) => one.gives === gives));
    const literal = {
      str: choices.one(["'x'", "'word'"]),
      num: String(choices.below(4)),
      bool: choices.one(['true', 'false']),
      list: "['one', 'two']",
      none: 'undefined',
    }[gives];
    return known === undefined || choices.chance(20) ? literal : known.name;
  }
}

/**
 * Random programs; with `about` all of them are about that, and about little else. No two of a run have a name in common where their numbers
 * differ: they are counted from `first`.
 */
export function somePrograms(
  count: number,
  seed: number,
  { about, first = 0 }: { readonly about?: Feature | undefined; readonly first?: number } = {},
): readonly CallProgram[] {
  return Array.from({ length: count }, (_, at) =>
    new Generator(new Choices(seed * 100_003 + at), first + at, about).program(),
  );
}
