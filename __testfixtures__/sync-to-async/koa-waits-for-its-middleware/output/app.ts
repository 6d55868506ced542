import Koa, { type Context } from 'koa';
import Router from '@koa/router';
import { access, readFile } from 'node:fs/promises';

const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  // safe: fs.existsSync → await
  if (await access('closed').then(() => true, () => false)) ctx.throw(503);
  return next();
});

async function page(ctx: Context): Promise<void> {
  // safe: fs.readFileSync → await readFile
  ctx.body = await readFile('page.html', 'utf8');
}

router.get('/page', page);
app.use(router.routes());
