import { hidden } from './hidden.ts';

export const more = (path: string): string => hidden(path);
