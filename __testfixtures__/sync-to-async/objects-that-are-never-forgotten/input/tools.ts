export * as registry from './registry.js';
