/** What the transforms about blocking calls share. */
export { busyWaits } from './busy-waits.ts';
export { BLOCKING_NAMES, blockingFindings, type BlockingOptions } from './findings.ts';
