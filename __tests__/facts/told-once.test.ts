import { describe, expect, it } from 'vitest';
import { assumed, holds } from '../../src/evidence.ts';
import { toldOnce, type VagueClaim } from '../../src/facts/cones/told-once.ts';

const at = (line: number) => ({ path: '/a.ts', line });
const vague = (name: string, line: number): VagueClaim => ({
  ...assumed(`While it waits no other turn touches the property \`${name}\``, at(line)),
  about: `the property \`${name}\``,
  says: 'untouched',
});
const ordered = (name: string, line: number): VagueClaim => ({
  ...assumed(`Two turns may set the variable \`${name}\` in another order than they began`, at(line)),
  about: `the variable \`${name}\``,
  says: 'order',
});

describe('evidence that is told once', () => {
  it('has the same claim about several places as one, with how many there are', () => {
    expect(toldOnce([holds('It waits', at(1)), holds('It waits', at(1)), holds('It waits', at(2))])).toEqual([
      holds('It waits, here and in 1 more', at(1)),
    ]);
    expect(toldOnce([holds('It waits', at(1)), assumed('It waits', at(1))])).toHaveLength(2);
  });

  it('has many claims about properties of any object as one that names the first', () => {
    const few = ['a', 'b', 'c'].map(vague);
    expect(toldOnce(few)).toEqual(few.map(({ verdict, claim, seenAt }) => ({ verdict, claim, seenAt })));
    expect(toldOnce([vague('a', 1), holds('It waits'), vague('b', 2), vague('c', 3), vague('d', 4)])).toEqual(
      [
        holds('It waits'),
        assumed(
          'While it waits no other turn touches what is read and written of objects that are known by their properties alone: `a`, `b`, `c` and 1 more',
          at(1),
        ),
      ],
    );
  });

  it('has many claims about the order of what is set as one, and apart from others', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map(ordered);
    expect(toldOnce([...all, vague('x', 9)])).toEqual([
      assumed('While it waits no other turn touches the property `x`', at(9)),
      assumed(
        'Two turns may set these in another order than they began: the variable `a`, the variable `b`, the variable `c` and 2 more',
        at(0),
      ),
    ]);
  });
});
