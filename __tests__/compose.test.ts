import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code } from '../src/edits/code.ts';
import { applyEdits, compose, type Composable } from '../src/edits/compose.ts';
import type { Code, Edit, Span } from '../src/edits/edit.ts';

const edit = (span: Span, by: Code, once?: string): Edit =>
  once === undefined ? { file: 'f', span, code: by } : { file: 'f', span, code: by, once };
const proposal = (id: string, ...edits: Edit[]): Composable => ({
  id,
  path: 'f',
  start: edits[0]?.span[0] ?? 0,
  edits,
});
const composed = (text: string, ...proposals: Composable[]) => {
  const { accepted, deferred, texts } = compose(proposals, () => text);
  return {
    accepted: accepted.map(({ id }) => id),
    deferred: deferred.map(({ id }) => id),
    text: texts.get('f') ?? text,
  };
};

describe('compose', () => {
  it('replaces, inserts and removes', () => {
    expect(applyEdits('abcdef', [edit([0, 1], ['A']), edit([3, 3], ['-']), edit([5, 6], [])])).toBe('Abc-de');
  });

  it('keeps a quotation byte for byte', () => {
    expect(applyEdits('f( /* a */ x )', [edit([0, 14], code`await ${[0, 14] as Span}`)])).toBe(
      'await f( /* a */ x )',
    );
  });

  it('applies what others edit inside a quotation', () => {
    const wrap = proposal('wrap', edit([0, 4], ['all([', [0, 4], '])']));
    const rename = proposal('rename', edit([0, 1], ['g']));
    expect(composed('f(x);', wrap, rename)).toEqual({
      accepted: ['wrap', 'rename'],
      deferred: [],
      text: 'all([g(x)]);',
    });
    expect(composed('f(x);', rename, wrap).text).toBe('all([g(x)]);');
  });

  it('applies what others insert at the edge of a quotation inside it', () => {
    const wrap = proposal('wrap', edit([0, 4], ['all([', [0, 4], '])']));
    expect(composed('f(x);', wrap, proposal('await', edit([0, 0], ['await ']))).text).toBe(
      'all([await f(x)]);',
    );
  });

  it('shows an insertion between two adjoining quotations once', () => {
    const split = proposal('split', edit([0, 4], [[0, 2], '|', [2, 4]]));
    expect(composed('abcd', split, proposal('in', edit([2, 2], ['!']))).text).toBe('ab|!cd');
  });

  it('defers the second of two that overlap, whole and over files', () => {
    const first = proposal('first', edit([0, 3], ['x']));
    const second: Composable = {
      id: 'second',
      path: 'f',
      start: 2,
      edits: [edit([2, 4], ['y']), { file: 'g', span: [0, 0], code: ['z'] }],
    };
    const result = compose([first, second], () => 'abcdef');
    expect(result.accepted).toEqual([first]);
    expect(result.deferred).toEqual([second]);
    expect([...result.texts]).toEqual([['f', 'xdef']]);
  });

  it('defers the second of two that each wrap the same code', () => {
    const a = proposal('a', edit([0, 3], ['a(', [0, 3], ')']));
    const b = proposal('b', edit([0, 3], ['b(', [0, 3], ')']));
    expect(composed('foo', a, b).deferred).toEqual(['b']);
  });

  it('applies edits with one key once, and keeps them when one proposal is rejected', () => {
    const add = edit([0, 0], ['import x;\n'], 'import x');
    const a = proposal('a', add, edit([0, 1], ['A']));
    const b = proposal('b', add, edit([2, 3], ['B']));
    expect(composed('a b', a, b).text).toBe('import x;\nA B');
    expect(composed('a b', b).text).toBe('import x;\na B');
  });

  it('moves code together with what others edit in it', () => {
    const move = proposal('move', edit([0, 5], []), edit([8, 8], [[0, 5]]));
    const rename = proposal('rename', edit([0, 1], ['z']));
    expect(composed('a(1);b();', move, rename).text).toBe('b()z(1);;');
    expect(composed('a(1);b();', rename, move).text).toBe('b()z(1);;');
  });

  it('lets a part be replaced inside what the same proposal quotes', () => {
    const both = proposal('both', edit([0, 9], ['{', [0, 9], '}']), edit([2, 3], ['y']));
    expect(composed('f(x, z());', both).text).toBe('{f(y, z())};');
  });

  it('puts imports above other lines, and both above what belongs to the code', () => {
    const all = [
      proposal('async', edit([0, 0], ['async '], 'async 0')),
      proposal('line', edit([0, 0], ['before();\n'])),
      proposal('import', edit([0, 0], ['import x;\n'], 'import x')),
    ];
    for (const order of [all, all.toReversed()]) {
      expect(composed('function f() {}', ...order).text).toBe('import x;\nbefore();\nasync function f() {}');
    }
  });

  it('leaves whole lines outside what is done to the code that begins or ends there', () => {
    const wait = proposal('wait', edit([0, 5], ['await ', [0, 5]]));
    const line = proposal('line', edit([0, 0], ['before();\n']));
    const imported = proposal('import', edit([0, 0], ['import x;\n'], 'import x'));
    const after = proposal('after', edit([5, 5], ['\nafter();']));
    expect(composed('foo()\nbar();', wait, line, imported, after).text).toBe(
      'import x;\nbefore();\nawait foo()\nafter();\nbar();',
    );
    const copy = proposal('copy', edit([6, 6], ['again(', [0, 5], ');']));
    expect(composed('foo()\nbar();', copy, line).text).toBe('before();\nfoo()\nagain(foo());bar();');
  });

  it('leaves an item of a list outside what is done to its neighbour', () => {
    const wrap = proposal('wrap', edit([2, 3], ['(await ', [2, 3], ')']));
    const add = proposal('add', edit([3, 3], [', b']));
    const put = proposal('put', edit([2, 2], ['z, ']));
    expect(composed('f(a)', wrap, add, put).text).toBe('f(z, (await a), b)');
  });

  it('takes a line that ends with a quotation and its line end for a whole line', () => {
    const again = proposal('again', edit([0, 0], [[7, 10], '\n']));
    const wrap = proposal('wrap', edit([0, 5], ['await ', [0, 5]]));
    expect(composed('foo();\nbar();', wrap, again).text).toBe('bar\nawait foo();\nbar();');
  });

  it('shows an insertion between two that each quote up to it once', () => {
    const first = proposal('first', edit([0, 2], ['(', [0, 2], ')']));
    const second = proposal('second', edit([2, 4], ['[', [2, 4], ']']));
    expect(composed('abcd', first, second, proposal('in', edit([2, 2], ['!']))).text).toBe('(ab)[!cd]');
  });

  it('defers what may belong to moved code or to its neighbour', () => {
    const move = proposal('move', edit([0, 5], []), edit([8, 8], [[0, 5]]));
    for (const at of [0, 5]) {
      const point = proposal('point', edit([at, at], ['!']));
      expect(composed('a(1);b();', move, point).deferred).toEqual(['point']);
      expect(composed('a(1);b();', point, move).deferred).toEqual(['move']);
    }
  });

  it('moves along what is done to all of the moved code, in any order', () => {
    const move = proposal('move', edit([0, 5], []), edit([8, 8], [[0, 5]]));
    const wrap = proposal('wrap', edit([0, 5], ['x(', [0, 5], ')']));
    const replace = proposal('replace', edit([0, 5], ['new']));
    expect(composed('a(1);b();', move, wrap).text).toBe('b()x(a(1););');
    expect(composed('a(1);b();', wrap, move).text).toBe('b()x(a(1););');
    expect(composed('a(1);b();', move, replace).text).toBe('b()new;');
    expect(composed('a(1);b();', replace, move).text).toBe('b()new;');
  });

  it('moves code once', () => {
    const up = proposal('up', edit([0, 5], []), edit([8, 8], [[0, 5]]));
    const down = proposal('down', edit([0, 5], []), edit([9, 9], [[0, 5]]));
    expect(composed('a(1);b();', up, down)).toEqual({
      accepted: ['up'],
      deferred: ['down'],
      text: 'b()a(1);;',
    });
  });

  it('defers a proposal whose own edits overlap, and no other that shares one of them', () => {
    const shared = edit([3, 3], ['import x;\n'], 'import x');
    const broken = proposal('broken', edit([0, 5], ['x']), shared);
    expect(composed('abcdef', broken, proposal('fine', shared))).toEqual({
      accepted: ['fine'],
      deferred: ['broken'],
      text: 'abcimport x;\ndef',
    });
  });

  it('defers the second of two insertions that would show each other', () => {
    const quoting = edit([2, 2], ['<', [0, 4], '>']);
    expect(composed('abcd', proposal('a', quoting), proposal('b', quoting))).toMatchObject({
      accepted: ['a'],
      deferred: ['b'],
    });
  });

  it('defers an edit that was made for another text', () => {
    expect(composed('ab', proposal('far', edit([5, 6], ['x']))).deferred).toEqual(['far']);
  });

  it('creates a file from nothing', () => {
    const { texts } = compose(
      [{ id: 'new', path: 'f', start: 0, edits: [{ file: 'new', span: [0, 0], code: ['x\n'] }] }],
      () => '',
    );
    expect([...texts]).toEqual([['new', 'x\n']]);
  });

  it('refuses overlapping edits where nobody can wait', () => {
    expect(() => applyEdits('abc', [edit([0, 2], ['x']), edit([1, 3], ['y'])])).toThrow(RangeError);
  });

  it('gives the text of a naive reference for any set of edits that are apart', () => {
    const cuts = fc.uniqueArray(fc.nat(40), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.string({ minLength: 40, maxLength: 40, unit: 'binary-ascii' }),
        cuts,
        fc.infiniteStream(fc.string({ maxLength: 3 })),
        (text, points, news) => {
          const sorted = points.toSorted((a, b) => a - b);
          const edits: Edit[] = [];
          for (let at = 0; at + 1 < sorted.length; at += 2) {
            const span: Span = [sorted[at] ?? 0, sorted[at + 1] ?? 0];
            edits.push(edit(span, [String(news.next().value)]));
          }
          let reference = text;
          for (const { span, code: by } of edits.toReversed())
            reference = reference.slice(0, span[0]) + by.join('') + reference.slice(span[1]);
          expect(applyEdits(text, edits)).toBe(reference);
          expect(applyEdits(text, edits.toReversed())).toBe(reference);
        },
      ),
    );
  });

  it('does not depend on the order of proposals that fit together', () => {
    const spans = fc.array(fc.tuple(fc.nat(30), fc.nat(6), fc.boolean()), { maxLength: 8 });
    fc.assert(
      fc.property(spans, (drawn) => {
        const text = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD';
        const all = drawn.map(([start, length, quotes], index) => {
          const span: Span = [start, start + length];
          return { ...proposal(`p${index}`, edit(span, quotes ? ['<', span, '>'] : [`${index}`])) };
        });
        const { accepted, texts } = compose(all, () => text);
        const again = compose(accepted.toReversed(), () => text);
        expect(again.deferred).toEqual([]);
        expect(again.texts.get('f')).toBe(texts.get('f'));
      }),
    );
  });
});
