import { logger } from './logger';

export function show(seen: Map<string, number>, done: () => void, later: Promise<string>, key: symbol): void {
  // report: `seen` may be a Map or a Set, which JSON writes as `{}`
  console.log('seen', seen);
  // report: `done` may be a function, which JSON leaves out
  console.log('done', done);
  // report: `later` may be a promise, which JSON writes as `{}`: is an `await` missing?
  console.log('later', later);
  // report: `key` may be a symbol, which JSON leaves out
  console.log('key', key);
  // report: `new Set([1])` may be a Map or a Set, which JSON writes as `{}`
  console.log('set', new Set([1]));
  // report: an object with a method is logged, which JSON leaves out
  console.log('methods', { run() {} });
  // review: nothing in `[...seen]` is an Error, Map, Set or function: nothing of it is lost as JSON
  logger.info({ entries: [...seen] }, 'entries');
}
