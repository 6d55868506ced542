/** What the transforms about awaits share. */
export { whyMeantInOrder } from './context.ts';
export { groupsIn, type Group, type Member } from './groups.ts';
export * from './loops/index.ts';
export { together } from './rewrite.ts';
