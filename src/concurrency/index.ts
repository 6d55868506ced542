/** What the transforms about awaits share. */
export { awaitsInARow } from './awaits.ts';
export { whyMeantInOrder } from './context.ts';
export { groupsIn, type Group, type Member } from './groups.ts';
export * from './turns/index.ts';
export { together } from './rewrite.ts';
