import Koa from 'koa';
import Router from '@koa/router';
import { readFileSync } from 'node:fs';

const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  await next();
  ctx.set('x-status', String(ctx.status));
});

app.use((ctx, next) => next().finally(() => console.log(ctx.status)));

app.use((ctx) => {
  // safe: fs.readFileSync → await readFile
  if (ctx.path === '/first') ctx.body = readFileSync('first.html', 'utf8');
});

const open = new Set<string>();

app.use((ctx, next) => {
  if (ctx.path === '/health') {
    ctx.status = 204;
    next();
    return;
  }
  return next();
});

router.get('/page', (ctx) => {
  // review: No request that the callback of `router.get` answers comes to `next()` (line 25 of `app.ts`), for whose promise nobody waits
  ctx.body = readFileSync('page.html', 'utf8');
});

app.use((ctx, next) => {
  open.add(ctx.path);
  try {
    return next();
  } finally {
    open.delete(ctx.path);
  }
});

router.get('/open', (ctx) => {
  // review: What follows `next()` (line 39 of `app.ts`) needs nothing that the callback of `router.get` does once it has waited
  ctx.body = readFileSync('page.html', 'utf8') + String(open.size);
});

app.use(router.routes());
