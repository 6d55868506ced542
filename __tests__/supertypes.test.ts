import jscodeshift from 'jscodeshift';
import { expect, it } from 'vitest';
import { supertypesOf } from '../src/syntax/supertypes.ts';

it('are those of ast-types, for every type that it knows', () => {
  const { namedTypes, getSupertypeNames } = jscodeshift.types;
  const names = Object.keys(namedTypes);
  expect(names.length).toBeGreaterThan(250);
  const known = Object.fromEntries(names.map((name) => [name, getSupertypeNames(name)]));
  expect(Object.fromEntries(names.map((name) => [name, supertypesOf(name)]))).toEqual(known);
});

it('are none for a type that it does not know', () => {
  expect(() => jscodeshift.types.getSupertypeNames('ArgumentPlaceholder')).toThrow();
  expect(supertypesOf('ArgumentPlaceholder')).toEqual([]);
});
