import { readFileSync } from 'node:fs';

export interface Tool {
  readonly tool: string;
  use(path: string): unknown;
}

function readTool(path: string): string {
  // report: may be `readTool`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}

export const hammer: Tool = { tool: 'hammer', use: readTool };

export interface Part {
  readonly part: string;
  fit(path: string): unknown;
}

function readPart(path: string): string {
  // report: may be `readPart`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}

export const parts = { wheel: { part: 'wheel', fit: readPart } as Part };
