import { all, contentOf as read, finalLine } from './files/index.ts';
import * as files from './files/index.ts';

const { textOf: again } = files;
const alias = read;

export const lines = async (path: string): Promise<string[]> => [await read(path), await all.textOf(path), await files.textOf(path), await finalLine(path)];

export const twice = async (path: string): Promise<string> => (await again(path)) + (await alias(path)) + (await files['openingLine'](path));
