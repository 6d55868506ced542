export * from './text.ts';
export { default as openingLine, textOf as contentOf } from './text.ts';
export * as all from './text.ts';
