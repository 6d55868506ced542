import { logger } from './logger.js';

logger.info('imported');
// review: the logger is set up before this line of the module runs
console.log('the logger is here');
