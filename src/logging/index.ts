/** What transforms of log calls share. */
export {
  isMeantConsole,
  mayBeCommand,
  whyLastWords,
  whyNotServerCode,
  whyRunsElsewhere,
} from '../facts/contexts.ts';
export type { LogLevel } from '../facts/libraries/loggers.ts';
export { errornessOf, isCaught } from '../facts/values.ts';
export { consoleUses, levelOfMethod, whyNotTheRealConsole, type ConsoleUse } from './console.ts';
export { silenceEvidence } from './readiness.ts';
export { LIBRARY_NAMES, reachLogger, type LoggerOptions, type Reach } from './reach.ts';
export { writeRecord, type Wanted } from './write.ts';
