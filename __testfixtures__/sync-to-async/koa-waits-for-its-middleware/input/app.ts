import Koa, { type Context } from 'koa';
import Router from '@koa/router';
import { existsSync, readFileSync } from 'node:fs';

const app = new Koa();
const router = new Router();

app.use((ctx, next) => {
  // safe: fs.existsSync → await
  if (existsSync('closed')) ctx.throw(503);
  return next();
});

function page(ctx: Context): void {
  // safe: fs.readFileSync → await readFile
  ctx.body = readFileSync('page.html', 'utf8');
}

router.get('/page', page);
app.use(router.routes());
