import { expect, it } from 'vitest';
import hooks from '../hooks.js';
import { skillsOf } from '../skills.js';

it('finds the skills of a kind', () => {
  expect(skillsOf('a')).toEqual(['a.md']);
  expect(skillsOf('b')).toHaveLength(0);
});

it('finds hooks', () => {
  expect(hooks()).toEqual([]);
});
