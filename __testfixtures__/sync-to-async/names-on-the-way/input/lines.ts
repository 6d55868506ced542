import { all, contentOf as read, finalLine } from './files/index.ts';
import * as files from './files/index.ts';

const { textOf: again } = files;
const alias = read;

export const lines = (path: string): string[] => [read(path), all.textOf(path), files.textOf(path), finalLine(path)];

export const twice = (path: string): string => again(path) + alias(path) + files['openingLine'](path);
