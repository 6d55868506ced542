import type { LoggerLibrary } from './libraries/loggers.ts';

/** How code in a file reaches the logger. */
export type LoggerAccess =
  /** Imported: `import logger from './logger'`, `import { logger } from '../log'`. */
  | { readonly kind: 'import'; readonly from: string; readonly imported: string | 'default' | '*'; readonly local: string }
  /** Already in scope under that name at the top of the file. */
  | { readonly kind: 'local'; readonly local: string };

/** The logger of a file's project. */
export type LoggerFact =
  | {
      readonly found: true;
      readonly library: LoggerLibrary;
      readonly access: LoggerAccess;
      /** Why this logger: "`src/utils/logger.ts` exports a winston logger, which 14 files import". */
      readonly because: string;
      /** Absolute path of the module that makes the logger, where it is known. */
      readonly madeIn?: string;
    }
  | { readonly found: false; readonly because: string };
