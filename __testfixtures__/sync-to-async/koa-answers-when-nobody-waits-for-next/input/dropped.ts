import Koa from 'koa';
import { readFileSync } from 'node:fs';

const app = new Koa();

app.use(async (ctx, next) => {
  next();
});

app.use((ctx) => {
  // report: Nobody waits for the promise of `next()` (line 7 of `dropped.ts`): the request would be answered before the callback of `app.use` is done
  ctx.body = readFileSync('page.html', 'utf8');
});
