export { log } from '@acme/log';
