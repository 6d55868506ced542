import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { settings } from './settings.ts';

it('has settings', () => {
  // report: Nobody is served meanwhile: it is a test file
  expect(settings).toEqual(JSON.parse(readFileSync('settings.json', 'utf8')));
});
