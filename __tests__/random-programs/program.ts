/** A piece of a program's text that can be left out as a whole. */
export type Piece = Line | Block;

/** One statement, or one member of a class. */
export interface Line {
  readonly kind: 'line';
  readonly text: string;
}

/** Code around other code: a function, a loop, the parts of an `if` or a `try`. */
export interface Block {
  readonly kind: 'block';
  readonly sections: readonly Section[];
  readonly close: string;
}

export interface Section {
  readonly head: string;
  readonly body: readonly Piece[];
}

/** A generated program: its files by their path below its folder; `main.ts` is where it starts. */
export interface Program {
  readonly files: readonly { readonly path: string; readonly pieces: readonly Piece[] }[];
}

export const line = (text: string): Line => ({ kind: 'line', text });

export const block = (head: string, body: readonly Piece[], close = '}'): Block => ({
  kind: 'block',
  sections: [{ head, body }],
  close,
});

function* linesOf(pieces: readonly Piece[], indent: string): Generator<string> {
  for (const piece of pieces) {
    if (piece.kind === 'line') {
      yield indent + piece.text;
      continue;
    }
    for (const { head, body } of piece.sections) {
      yield indent + head;
      yield* linesOf(body, `${indent}  `);
    }
    yield indent + piece.close;
  }
}

/** The text of some pieces, one line each. */
export const textOf = (pieces: readonly Piece[]): string => `${[...linesOf(pieces, '')].join('\n')}\n`;

/** The texts of the files of a program by their path. */
export const textsOf = ({ files }: Program): ReadonlyMap<string, string> =>
  new Map(files.map(({ path, pieces }) => [path, textOf(pieces)]));

/** The lists of pieces that are made of `pieces` by leaving out one piece, or by putting a block's body in its place. */
function* smallerLists(pieces: readonly Piece[]): Generator<readonly Piece[]> {
  for (const [at, piece] of pieces.entries()) {
    const [before, after] = [pieces.slice(0, at), pieces.slice(at + 1)];
    yield [...before, ...after];
    if (piece.kind === 'line') continue;
    for (const { body } of piece.sections) if (body.length > 0) yield [...before, ...body, ...after];
    for (const [number, { head, body }] of piece.sections.entries()) {
      for (const smaller of smallerLists(body)) {
        const sections = piece.sections.with(number, { head, body: smaller });
        yield [...before, { ...piece, sections }, ...after];
      }
    }
  }
}

/** Files that are the same in all programs. */
export const SHARED_FILES: readonly string[] = ['clients.ts', 'store.ts', 'shared.ts', 'barrel.ts'];

/** The programs that are smaller than `program` by one piece, the largest piece first. Files that all have stay. */
export function smallerThan(program: Program): readonly Program[] {
  const found: Program[] = [];
  for (const [at, { path, pieces }] of program.files.entries()) {
    if (SHARED_FILES.includes(path)) continue;
    for (const smaller of smallerLists(pieces))
      found.push({ files: program.files.with(at, { path, pieces: smaller }) });
  }
  return found.toSorted((a, b) => sizeOf(a) - sizeOf(b));
}

/** The characters of a program. */
export const sizeOf = (program: Program): number =>
  [...textsOf(program).values()].reduce((sum, text) => sum + text.length, 0);
