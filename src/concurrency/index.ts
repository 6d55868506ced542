/** What the transforms about awaits share. */
export { awaitsInARow, firstAt, runWith } from './awaits.ts';
export { whyMeantInOrder } from './context.ts';
export { groupsIn, type Group, type Member } from './groups.ts';
export * from './turns/index.ts';
export { calleeTextOf, mentions, nameFor, takenAt } from './names.ts';
export { together } from './rewrite.ts';
export { seenWrite } from './visibility.ts';
