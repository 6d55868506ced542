import { describe, expect, it } from 'vitest';
import { linesOf, thrownLines } from './results.ts';

describe('a result', () => {
  class Decimal {
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
    toDecimalPlaces(): this {
      return this;
    }
    toString(): string {
      return this.text;
    }
  }
  class Row {
    readonly id = 1;
  }
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;

  it.each([
    ['a number is no string', 1, '1'],
    ['a bigint is no number', 1n, 1],
    ['null is not undefined', null, undefined],
    ['zero has a sign', 0, -0],
    ['a key that is missing is not undefined', { a: 1 }, { a: 1, b: undefined }],
    ['keys have an order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['elements have an order', [1, 2], [2, 1]],
    ['a hole is not undefined', [1, undefined], Object.assign([1], { length: 2 })],
    ['a date is no text', new Date(0), new Date(0).toISOString()],
    ['dates differ by milliseconds', new Date(0), new Date(1)],
    ['bytes are not the same in another class', Buffer.from('a'), new Uint8Array(Buffer.from('a'))],
    ['bytes count', Buffer.from('a'), Buffer.from('b')],
    ['a decimal is no number', new Decimal('1'), 1],
    ['decimals count', new Decimal('1'), new Decimal('2')],
    ['an instance is no plain object', new Row(), { id: 1 }],
    [
      'maps have an order',
      new Map([
        [1, 2],
        [2, 1],
      ]),
      new Map([
        [2, 1],
        [1, 2],
      ]),
    ],
    ['a set is no list', new Set([1]), [1]],
    ['errors have messages', new Error('a'), new Error('b')],
    ['an object without a class is not plain', Object.create(null), {}],
    ['a cycle is not what it holds', cyclic, { self: {} }],
  ])('says that %s', (_, one, other) => {
    expect(linesOf(one)).not.toEqual(linesOf(other));
    expect(linesOf(one)).toEqual(linesOf(one));
  });

  it('says what was thrown: class, code and message, not where', () => {
    const error = Object.assign(new TypeError('in /tmp/one/main.ts'), { code: 'P2025' });
    expect(thrownLines(error, '/tmp/one')).toEqual(['thrown: TypeError P2025: in /main.ts']);
    expect(thrownLines('text', '')).toEqual(['thrown: string "text"']);
    const excerpt =
      '\nInvalid `db.user.find()` invocation in\n/tmp/one/main.ts:2:3\n\n  1 const a;\n→ 2 db.user.find(\nNo record.';
    expect(thrownLines(new Error(excerpt), '/tmp/one')).toEqual([
      'thrown: Error: Invalid `db.user.find()` invocation\nNo record.',
    ]);
  });
});
