import { describe, expect, it } from 'vitest';
import { defineTransform, type Transform } from '../src/index.ts';

const valid = {
  id: 'one-to-other',
  summary: 'Call `other` instead of `one`.',
  prefilter: /\bone\b/,
  inspect: () => [],
} satisfies Transform;

describe('defining a transform', () => {
  it('gives the transform itself, callable', () => {
    const defined = defineTransform(valid);
    expect({ ...defined }).toEqual(valid);
    expect(typeof defined).toBe('function');
  });

  it('gives nothing for a file that the prefilter does not match', async () => {
    expect(await defineTransform(valid)({ path: 'a.ts', source: 'two();' }, {}, {})).toBeUndefined();
  });

  it.each([
    [{ id: 'OneToOther' }, 'its id must be'],
    [{ id: 'one--other' }, 'its id must be'],
    [{ summary: 'No full stop' }, 'its summary must be'],
    [{ summary: 'Two.\nLines.' }, 'its summary must be'],
    [{ prefilter: /\bone\b/g }, 'neither global nor sticky'],
    [{ prefilter: /\bone\b/y }, 'neither global nor sticky'],
    [{ prefilter: /größe/ }, 'must be ASCII'],
    [{ sets: ['Two Words'] }, 'the name of its set "Two Words"'],
    [{ defaults: { deep: true } }, 'its option "deep" has no line in optionHelp'],
    [{ optionHelp: { deep: 'How deep.' } }, 'its optionHelp names "deep"'],
    [
      { defaults: { deep: {} }, optionHelp: { deep: 'How deep.' } },
      'the default of its option "deep" must be',
    ],
    [{ inspect: undefined }, 'it must have inspect'],
  ])('refuses %j', (wrong, reason) => {
    const transform = { ...valid, ...wrong } as unknown as Transform;
    expect(() => defineTransform(transform)).toThrow(TypeError);
    expect(() => defineTransform(transform)).toThrow(reason);
  });

  it('tells everything that is wrong at once', () => {
    const wrong = { ...valid, id: '', summary: '' };
    expect(() => defineTransform(wrong)).toThrow(/its id must be .*; its summary must be/);
  });
});
