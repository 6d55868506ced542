import { block, line, type Piece } from '../random-programs/program.ts';
import type { Choices } from '../random-queries/choices.ts';

/** The language of a program: TypeScript with ES modules, or JavaScript with CommonJS. */
export type Dialect = 'ts' | 'js';

/** How a module offers what it has. */
type Offer =
  /** `export function load`, or `exports.load = load` */
  | 'one by one'
  /** `export { load };`, or `module.exports = { load }` */
  | 'listed'
  /** `export { load as loadIt };`, or `module.exports.loadIt = load` */
  | 'renamed'
  /** All that it has is one thing: `export default load`, or `module.exports = load`. */
  | 'single';

interface Exported {
  readonly root: string;
  readonly name: string;
}

/** One file of a program while it is written. */
export class Module {
  readonly name: string;
  readonly body: Piece[] = [];
  readonly offer: Offer;
  private readonly dialect: Dialect;
  private readonly choices: Choices;
  private readonly imports: Piece[] = [];
  private readonly exported: Exported[] = [];
  private readonly locals = new Map<string, string>();
  /** Whether the names of Node's modules are written with `node:`. */
  private readonly hasPrefix: boolean;

  /** How much more often than else something is imported under another name. */
  private readonly renaming: number;

  constructor(name: string, dialect: Dialect, choices: Choices, isRenaming: boolean) {
    this.name = name;
    this.dialect = dialect;
    this.choices = choices;
    this.renaming = isRenaming ? 5 : 1;
    this.hasPrefix = choices.chance(70);
    this.offer = choices.way<Offer>(
      [5, () => 'one by one'],
      [3, () => 'listed'],
      [2, () => 'renamed'],
      [2, () => 'single'],
    );
  }

  get path(): string {
    return `${this.name}.${this.dialect}`;
  }

  /** Whether nothing more can be offered by it. */
  get isFull(): boolean {
    return this.offer === 'single' && this.exported.length > 0;
  }

  /** A type that is written in TypeScript alone. */
  type(text: string): string {
    return this.dialect === 'ts' ? `: ${text}` : '';
  }

  /** A text that is written in TypeScript alone. */
  typed(text: string): string {
    return this.dialect === 'ts' ? text : '';
  }

  /** Offers a name to other modules; gives what stands before its declaration. */
  offers(root: string): string {
    const isRenamed = this.offer === 'renamed';
    this.exported.push({ root, name: isRenamed ? `${root}It` : root });
    return this.dialect === 'ts' && this.offer === 'one by one' ? 'export ' : '';
  }

  /** The code that means what `home` offers as `root`, in this module; it is imported where it has to be. */
  reach(root: string, home: Module, barrel: Module | undefined): string {
    if (home === this) return root;
    const key = `${home.name}.${root}`;
    const known = this.locals.get(key);
    if (known !== undefined) return known;
    const made = this.imported(root, home, barrel);
    this.locals.set(key, made);
    return made;
  }

  private imported(root: string, home: Module, barrel: Module | undefined): string {
    const { choices } = this;
    // A number at its end must not look like that of another name.
    const stem = `my${root[0]?.toUpperCase() ?? ''}${root.slice(1)}`;
    const local = choices.name(/\d$/.test(stem) ? `${stem}Too` : stem);
    const isSingle = home.offer === 'single';
    const name = home.exported.find((one) => one.root === root)?.name ?? root;
    const from = `'./${home.name}'`;
    if (this.dialect === 'js') {
      if (isSingle)
        return choices.way(
          [3, () => this.import(`const ${local} = require(${from});`, local)],
          [1, () => `require(${from})`],
        );
      const whole = `${home.name}Lib`;
      return choices.way(
        [4, () => this.import(`const { ${name} } = require(${from});`, name)],
        [3 * this.renaming, () => this.import(`const { ${name}: ${local} } = require(${from});`, local)],
        [3, () => this.once(`const ${whole} = require(${from});`, `${whole}.${name}`)],
        [1, () => `require(${from}).${name}`],
      );
    }
    if (barrel !== undefined && barrel !== this && choices.chance(30)) {
      const other = choices.chance(50) ? local : name;
      const what = isSingle ? `default as ${local}` : other === name ? name : `${name} as ${other}`;
      const given = isSingle ? local : other;
      barrel.reExports(`export { ${what} } from ${from};`);
      return this.import(`import { ${given} } from './${barrel.name}';`, given);
    }
    if (isSingle) return this.import(`import ${local} from ${from};`, local);
    const whole = `${home.name}Lib`;
    return choices.way(
      [4, () => this.import(`import { ${name} } from ${from};`, name)],
      [3 * this.renaming, () => this.import(`import { ${name} as ${local} } from ${from};`, local)],
      [2, () => this.once(`import * as ${whole} from ${from};`, `${whole}.${name}`)],
    );
  }

  /** The code that means a function of a module of Node, imported in the way of this file. */
  node(from: string, name: string): string {
    const way = this.locals.get(`way of ${from}`) ?? this.choices.one(['named', 'named', 'whole', 'default']);
    this.locals.set(`way of ${from}`, way);
    const source = `'${this.hasPrefix ? 'node:' : ''}${from}'`;
    const whole = from.replace('child_process', 'childProcess');
    if (this.dialect === 'js') {
      if (way === 'named') return this.once(`const { ${name} } = require(${source});`, name);
      return this.once(`const ${whole} = require(${source});`, `${whole}.${name}`);
    }
    if (way === 'named') return this.once(`import { ${name} } from ${source};`, name);
    const named = way === 'whole' ? `* as ${whole}` : whole;
    return this.once(`import ${named} from ${source};`, `${whole}.${name}`);
  }

  /** The name of a package that is imported whole. */
  package(name: string): string {
    const text =
      this.dialect === 'js' ? `const ${name} = require('${name}');` : `import ${name} from '${name}';`;
    return this.once(text, name);
  }

  private reExports(text: string): void {
    this.once(text, '');
  }

  private import(text: string, gives: string): string {
    this.imports.push(line(text));
    return gives;
  }

  private once(text: string, gives: string): string {
    if (!this.locals.has(text)) this.imports.push(line(text));
    this.locals.set(text, gives);
    return gives;
  }

  /** The file as it is. */
  pieces(): readonly Piece[] {
    return [...this.imports, ...this.body, ...this.exportPieces()];
  }

  private exportPieces(): readonly Piece[] {
    const { exported, offer } = this;
    if (offer === 'single') {
      const head = this.dialect === 'ts' ? 'export default' : 'module.exports =';
      return exported.map(({ root }) => line(`${head} ${root};`));
    }
    if (this.dialect === 'ts') {
      if (offer === 'one by one') return [];
      return exported.map(({ root, name }) =>
        line(`export { ${root === name ? root : `${root} as ${name}`} };`),
      );
    }
    if (exported.length === 0) return [];
    if (offer === 'listed')
      return [
        block(
          'module.exports = {',
          exported.map(({ root }) => line(`${root},`)),
          '};',
        ),
      ];
    const before = offer === 'renamed' ? 'module.exports' : 'exports';
    return exported.map(({ root, name }) => line(`${before}.${name} = ${root};`));
  }
}
