/** The parts of `await-in-loop`. */
export { hasMap, isChained, whyNoneWaits } from './callbacks.ts';
export { isArrayLike, turnFactsOf, whyTurnsAreFree } from './judge.ts';
export type { LoopOptions } from './limiter.ts';
export { awaitsInTurn, indexLoopOf, loopsOf, type ListLoop, type OtherLoop } from './shape.ts';
export { splitTurn } from './split.ts';
export { awaitedForEach, besideEachOther, isInAsync } from './write.ts';
