import log from 'loglevel';

export const logger = log.getLogger('app');

logger.setLevel('info');
