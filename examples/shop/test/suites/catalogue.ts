import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { column, shop } from '../support/shop.js';

describe('products and customers', () => {
  it('lists the products', async () => {
    const { json } = await shop.get('/products');
    assert.equal(json.length, 6);
    assert.deepEqual(json[0], {
      id: 1,
      name: 'Fountain pen',
      category: 'stationery',
      priceCents: 2400,
      stock: 12,
    });
  });

  it('finds the products of a basket in the order in which they are asked for', async () => {
    const { json } = await shop.get('/products/basket?ids=6,99,1,6');
    assert.deepEqual(json, [
      { id: 6, name: 'Tea mug', priceCents: 1100 },
      { id: 1, name: 'Fountain pen', priceCents: 2400 },
      { id: 6, name: 'Tea mug', priceCents: 1100 },
    ]);
    assert.equal((await shop.get('/products/basket?ids=1,x')).status, 400);
    assert.equal((await shop.get('/products/basket')).status, 400);
  });

  it('searches by name, page by page', async () => {
    const first = await shop.get('/products/search?q=N');
    assert.deepEqual(first.json, {
      total: 4,
      products: [
        { id: 1, name: 'Fountain pen', priceCents: 2400 },
        { id: 3, name: 'Ink, blue', priceCents: 890 },
      ],
      cheapestCents: 650,
    });
    const second = await shop.get('/products/search?q=N&page=2');
    assert.deepEqual(column(second.json.products, 'name'), ['Notebook', 'Pen tray']);
  });

  it('takes a text literally when it searches', async () => {
    assert.deepEqual((await shop.get('/products/search?q=%25')).json, {
      total: 0,
      products: [],
      cheapestCents: null,
    });
    assert.equal((await shop.get('/products/search?q=')).status, 400);
    assert.equal((await shop.get('/products/search?q=a&page=0')).status, 400);
  });

  it('gives the better of two discounts', async () => {
    const total = async (path: string) => (await shop.get(path)).json.totalCents;
    assert.equal(await total('/products/6/price'), 1100);
    assert.equal(await total('/products/2/price?quantity=2'), 1235);
    assert.equal(await total('/products/2/price?quantity=10'), 5525);
    assert.equal(await total('/products/6/price?quantity=10'), 9350);
    assert.equal((await shop.get('/products/99/price')).status, 404);
    assert.equal((await shop.get('/products/1/price?quantity=1.5')).status, 400);
  });

  it('restocks a shelf', async () => {
    assert.deepEqual((await shop.post('/products/5/restock', { quantity: 4 })).json, { id: 5, stock: 4 });
    assert.deepEqual((await shop.post('/products/5/restock', { quantity: 6 })).json, { id: 5, stock: 10 });
    assert.equal((await shop.post('/products/5/restock', { quantity: 1001 })).status, 400);
    assert.equal((await shop.post('/products/5/restock', {})).status, 400);
    assert.equal((await shop.post('/products/99/restock', { quantity: 1 })).status, 404);
  });

  it('shows a customer', async () => {
    const ada = await shop.get('/customers/1');
    assert.deepEqual(ada.json, {
      id: 1,
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      orders: 2,
      spentCents: 12040,
    });
    const edsger = await shop.get('/customers/4');
    assert.deepEqual([edsger.json.orders, edsger.json.spentCents], [0, 0]);
    assert.equal((await shop.get('/customers/99')).status, 404);
  });

  it('shows what a customer ordered, the newest first', async () => {
    const { json } = await shop.get('/customers/1/history');
    assert.deepEqual(json, [
      {
        id: 3,
        placedAt: '2026-03-02T15:00:00.000Z',
        items: ['1 × Desk lamp', '1 × Notebook', '1 × Ink, blue'],
      },
      { id: 1, placedAt: '2026-03-01T10:00:00.000Z', items: ['2 × Tea mug', '1 × Fountain pen'] },
    ]);
    assert.deepEqual((await shop.get('/customers/4/history')).json, []);
    assert.equal((await shop.get('/customers/99/history')).status, 404);
  });

  it('lets a customer in with the right password only', async () => {
    const login = (password: string) => shop.post('/customers/login', { email: 'ada@example.org', password });
    assert.deepEqual((await login('correct horse')).json, { id: 1, name: 'Ada Lovelace' });
    assert.equal((await login('battery staple')).status, 401);
    const stranger = await shop.post('/customers/login', {
      email: 'eve@example.org',
      password: 'correct horse',
    });
    assert.equal(stranger.status, 401);
    assert.equal((await shop.post('/customers/login', {})).status, 400);
  });

  it('lets a customer choose a new password with a token that works once', async () => {
    assert.equal(
      (await shop.post('/customers/forgotten-password', { email: 'grace@example.org' })).status,
      202,
    );
    assert.equal(
      (await shop.post('/customers/forgotten-password', { email: 'eve@example.org' })).status,
      202,
    );
    const mails = (await shop.get('/reports/outbox')).json;
    assert.deepEqual(column(mails, 'name'), ['reset-2.txt']);
    const token = String(mails[0].text).trim().split('\n').pop();

    assert.equal(
      (await shop.post('/customers/password', { token: 'guessed', password: 'new one' })).status,
      403,
    );
    assert.deepEqual((await shop.post('/customers/password', { token, password: 'new one' })).json, {
      id: 2,
    });
    assert.equal((await shop.post('/customers/password', { token, password: 'another' })).status, 403);

    const login = (password: string) =>
      shop.post('/customers/login', { email: 'grace@example.org', password });
    assert.equal((await login('new one')).status, 200);
    assert.equal((await login('correct horse')).status, 401);
  });

  it('sends a newsletter to everyone', async () => {
    const { json } = await shop.post('/customers/newsletter', { subject: 'Spring', text: 'Pens are here.' });
    assert.deepEqual(json, { sent: 4 });
    const mails = (await shop.get('/reports/outbox')).json;
    assert.deepEqual(column(mails, 'name'), [
      'newsletter-1.txt',
      'newsletter-2.txt',
      'newsletter-3.txt',
      'newsletter-4.txt',
    ]);
    assert.equal(
      mails[2].text,
      'To: alan@example.org\nSubject: Spring\n\nDear Alan Turing,\n\nPens are here.\n',
    );
    assert.equal((await shop.post('/customers/newsletter', { subject: 'Spring' })).status, 400);
  });

  it('hides what went wrong inside', async () => {
    await shop.block('outbox');
    const { status, json } = await shop.post('/customers/newsletter', { subject: 'Spring', text: 'Lost.' });
    assert.deepEqual([status, json], [500, { error: 'Something went wrong.' }]);
  });
});
