import type { Composable } from '../../src/edits/compose.ts';
import type { Code, Edit, Span } from '../../src/edits/edit.ts';

/** What an insertion is to the code beside it. The order is that of insertions at one point. */
export const SIDES = ['shared lines', 'before', 'part', 'after'] as const;
export type Side = (typeof SIDES)[number];

/** An edit that says of itself what an insertion is, and that has a text of its own to be known by. */
export interface MarkedEdit extends Edit {
  readonly side: Side;
  readonly mark: string;
}

export interface MarkedProposal extends Composable {
  readonly edits: readonly MarkedEdit[];
}

/** Proposals over some files. Every character of a text but its line ends is there once, and so is every mark. */
export interface EditSet {
  readonly texts: ReadonlyMap<string, string>;
  readonly proposals: readonly MarkedProposal[];
}

/** A whole number from 0 up to and without `below`, each as likely. */
type Draw = (below: number) => number;

/** Numbers that look random and are the same for the same seed. */
function drawBy(seed: number): Draw {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const FIRST_CHARACTER = 0x4e00;
const FIRST_MARK = 0xe000;

/** Makes the sets: `drawSet` gives one for each seed. */
class Maker {
  private readonly draw: Draw;
  private marks = 0;
  private readonly texts = new Map<string, string>();
  /** Few places in each file, so that edits meet. */
  private readonly cuts = new Map<string, readonly number[]>();
  private readonly shared: MarkedEdit[] = [];

  constructor(draw: Draw) {
    this.draw = draw;
    for (let file = 0; file <= draw(3); file++) this.addFile(`f${file}`);
    for (let count = 1 + draw(2); count > 0; count--) this.shared.push(this.sharedEdit(count));
  }

  set(): EditSet {
    const proposals = Array.from({ length: 1 + this.draw(6) }, (_, index) => this.proposal(index));
    return { texts: this.texts, proposals };
  }

  private addFile(file: string): void {
    // A file that is to be created has the empty text.
    const length = this.draw(12) === 0 ? 0 : 4 + this.draw(20);
    const text = Array.from({ length }, (_, at) =>
      this.draw(7) === 0 ? '\n' : String.fromCodePoint(FIRST_CHARACTER + at),
    );
    this.texts.set(file, text.join(''));
    const some = Array.from({ length: 7 }, () => this.draw(length + 1));
    this.cuts.set(
      file,
      [0, length, ...some].toSorted((a, b) => a - b),
    );
  }

  private file(): string {
    return [...this.texts.keys()][this.draw(this.texts.size)] ?? '';
  }

  private point(file: string): number {
    const cuts = this.cuts.get(file) ?? [];
    return cuts[this.draw(cuts.length)] ?? 0;
  }

  private stretch(file: string): Span {
    const [a, b] = [this.point(file), this.point(file)];
    return a < b ? [a, b] : [b, a];
  }

  private within([start, end]: Span): Span {
    const [a, b] = [start + this.draw(end - start + 1), start + this.draw(end - start + 1)];
    return a < b ? [a, b] : [b, a];
  }

  private mark(): string {
    return String.fromCodePoint(FIRST_MARK + this.marks++);
  }

  private edit(file: string, span: Span, around: (mark: string) => Code, side: Side = 'part'): MarkedEdit {
    const mark = this.mark();
    return { file, span, code: around(mark), side, mark };
  }

  private insertion(file: string, at: number): MarkedEdit {
    const side = SIDES[1 + this.draw(3)] ?? 'part';
    const isInLine = this.draw(3) === 0;
    const around = (mark: string): Code => {
      if (side === 'part') return [mark];
      if (side === 'before') return [isInLine ? `${mark}, ` : `${mark};\n`];
      return [isInLine ? `, ${mark}` : `\n${mark};`];
    };
    return this.edit(file, [at, at], around, side);
  }

  private sharedEdit(count: number): MarkedEdit {
    const file = this.file();
    const once = `once ${count}`;
    const at = this.point(file);
    if (this.draw(3) === 0) return { ...this.edit(file, [at, at], (mark) => [mark]), once };
    if (this.draw(2) === 0) {
      const span = this.stretch(file);
      if (span[0] < span[1]) return { ...this.edit(file, span, (mark) => [mark, span]), once };
    }
    return { ...this.edit(file, [at, at], (mark) => [`${mark};\n`], 'shared lines'), once };
  }

  /** What a proposal does at one place: one edit, or two that belong together. */
  private act(): readonly MarkedEdit[] {
    const file = this.file();
    const span = this.stretch(file);
    const [start, end] = span;
    const middle = start + this.draw(end - start + 1);
    const other = this.stretch(file);
    const at = this.point(file);
    const removal = this.edit(file, span, () => []);
    switch (this.draw(14)) {
      case 0:
        return [this.edit(file, span, (mark) => [mark])];
      case 1:
        return [this.edit(file, span, (mark) => [mark, span, ')'])];
      case 2:
        return [this.edit(file, span, (mark) => [mark, this.within(span)])];
      case 3:
        return [this.edit(file, span, (mark) => [[start, middle], mark, [middle, end]])];
      case 4:
        return [this.edit(file, span, (mark) => [[middle, end], mark, [start, middle]])];
      case 5:
        return [removal];
      case 6:
        return [removal, this.edit(file, [at, at], (mark) => [mark, span])];
      case 7:
        return [removal, this.edit(file, [at, at], (mark) => [mark, this.within(span), '}'])];
      case 8:
        return [
          this.edit(file, span, (mark) => [mark, other]),
          this.edit(file, other, (mark) => [mark, span]),
        ];
      case 9:
        return [this.edit(file, [at, at], (mark) => [mark, span])];
      case 10:
      case 11:
      case 12: {
        const known = this.shared[this.draw(this.shared.length + 1)];
        return known === undefined ? [this.insertion(file, start)] : [known];
      }
      default:
        return [this.insertion(file, this.draw(2) === 0 ? start : end)];
    }
  }

  private proposal(index: number): MarkedProposal {
    const edits = Array.from({ length: 1 + this.draw(3) }, () => this.act()).flat();
    if (this.draw(60) === 0) edits.push(this.edit(this.file(), [20, 40], (mark) => [mark]));
    // The file is named although the place may be in another one.
    return { id: `p${index}`, path: 'f0', start: this.draw(3), edits };
  }
}

/** One set of proposals; the same for the same seed. */
export const drawSet = (seed: number): EditSet => new Maker(drawBy(seed)).set();
