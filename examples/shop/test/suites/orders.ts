import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { column, shop } from '../support/shop.js';

describe('orders', () => {
  const order = { customerId: 1, cardNumber: '4111111111111111' };

  it('lists orders with their customers and their items in the order in which they were added', async () => {
    const { status, json } = await shop.get('/orders');
    assert.equal(status, 200);
    assert.deepEqual(json, [
      {
        id: 1,
        status: 'shipped',
        customer: 'Ada Lovelace',
        items: [
          { productId: 6, quantity: 2 },
          { productId: 1, quantity: 1 },
        ],
        totalCents: 4600,
      },
      {
        id: 2,
        status: 'paid',
        customer: 'Grace Hopper',
        items: [{ productId: 2, quantity: 3 }],
        totalCents: 1950,
      },
      {
        id: 3,
        status: 'unpaid',
        customer: 'Ada Lovelace',
        items: [
          { productId: 4, quantity: 1 },
          { productId: 2, quantity: 1 },
          { productId: 3, quantity: 1 },
        ],
        totalCents: 7440,
      },
      { id: 4, status: 'paid', customer: 'guest', items: [{ productId: 6, quantity: 1 }], totalCents: 1100 },
      { id: 5, status: 'unpaid', customer: 'Alan Turing', items: [], totalCents: 0 },
    ]);
  });

  it('lists the orders of one status, and refuses a status that does not exist', async () => {
    const { json } = await shop.get('/orders?status=paid');
    assert.deepEqual(column(json, 'id'), [2, 4]);
    const refused = await shop.get('/orders?status=lost');
    assert.equal(refused.status, 400);
    assert.equal(refused.json.error, 'status must be one of unpaid, paid, shipped.');
  });

  it('shows one order with the names of its products', async () => {
    const { json } = await shop.get('/orders/3');
    assert.deepEqual(json, {
      id: 3,
      status: 'unpaid',
      placedAt: '2026-03-02T15:00:00.000Z',
      lines: [
        { name: 'Desk lamp', quantity: 1, unitCents: 5900 },
        { name: 'Notebook', quantity: 1, unitCents: 650 },
        { name: 'Ink, blue', quantity: 1, unitCents: 890 },
      ],
      totalCents: 7440,
    });
  });

  it('says that an order does not exist, or that its number is none', async () => {
    const missing = await shop.get('/orders/77');
    assert.deepEqual([missing.status, missing.json], [404, { error: 'There is no order 77.' }]);
    assert.equal((await shop.get('/orders/first')).status, 400);
    assert.equal((await shop.get('/orders/0')).status, 400);
  });

  it('places an order, takes the goods out of stock and confirms it by mail', async () => {
    const lines = [
      { productId: 2, quantity: 2 },
      { productId: 1, quantity: 1 },
    ];
    const { status, json } = await shop.post('/orders', { ...order, lines });
    assert.equal(status, 201);
    assert.deepEqual(json, { id: 6, status: 'paid', totalCents: 3700 });

    const products = (await shop.get('/products')).json;
    assert.deepEqual(column(products, 'stock'), [11, 38, 3, 7, 0, 25]);
    assert.equal(
      await shop.file('outbox/order-6-confirmation.txt'),
      'To: ada@example.org\nSubject: Your order 6\n\nDear Ada Lovelace,\n\nwe got your order of 37.00 EUR.\n',
    );
  });

  it('sells the same product on two lines only as often as it is there', async () => {
    const lines = [
      { productId: 3, quantity: 2 },
      { productId: 3, quantity: 2 },
    ];
    const { status, json } = await shop.post('/orders', { ...order, lines });
    assert.deepEqual([status, json], [409, { error: 'Only 1 of Ink, blue left.' }]);
  });

  it('places nothing where one product is out of stock', async () => {
    const lines = [
      { productId: 2, quantity: 2 },
      { productId: 5, quantity: 1 },
    ];
    const { status, json } = await shop.post('/orders', { ...order, lines });
    assert.deepEqual([status, json], [409, { error: 'Only 0 of Pen tray left.' }]);

    assert.equal((await shop.get('/orders')).json.length, 5);
    assert.equal((await shop.get('/products')).json[1].stock, 40);
    assert.deepEqual((await shop.get('/reports/outbox')).json, []);
  });

  it('refuses an order that makes no sense', async () => {
    const lines = [{ productId: 2, quantity: 1 }];
    assert.equal((await shop.post('/orders', { ...order, lines: [] })).status, 400);
    assert.equal((await shop.post('/orders', { ...order, lines: [null] })).status, 400);
    assert.equal(
      (await shop.post('/orders', { ...order, lines: [{ productId: 2, quantity: -1 }] })).status,
      400,
    );
    assert.equal(
      (await shop.post('/orders', { ...order, lines: [{ productId: 99, quantity: 1 }] })).status,
      400,
    );
    assert.equal((await shop.post('/orders', { ...order, lines, cardNumber: ' ' })).status, 400);
    assert.equal((await shop.post('/orders', { ...order, lines, customerId: 99 })).status, 404);
    assert.equal((await shop.post('/orders', '{"lines":')).status, 400);
    assert.equal((await shop.get('/orders')).json.length, 5);
  });

  it('ships a paid order once', async () => {
    const shipped = await shop.post('/orders/2/ship', {});
    assert.deepEqual([shipped.status, shipped.json], [200, { id: 2, status: 'shipped' }]);
    assert.equal(
      await shop.file('outbox/order-2-shipped.txt'),
      'To: warehouse@example.org\nSubject: Ship\n\n2\n',
    );

    const again = await shop.post('/orders/2/ship', {});
    assert.equal(again.status, 409);
    assert.equal(again.json.error, 'Order 2 is shipped, so it cannot be shipped.');
    assert.equal((await shop.post('/orders/5/ship', {})).status, 409);
  });

  it('writes an invoice and keeps a copy', async () => {
    const { status, type, text } = await shop.get('/orders/1/invoice');
    assert.equal(status, 200);
    assert.match(type, /^text\/html/);
    assert.equal(
      text,
      '<!doctype html>\n<title>Invoice 1</title>\n<h1>Invoice 1</h1>\n<p>To: Ada Lovelace</p>\n<table>\n' +
        '<tr><td>2</td><td>Tea mug</td><td>11.00 EUR</td></tr>\n' +
        '<tr><td>1</td><td>Fountain pen</td><td>24.00 EUR</td></tr>\n' +
        '</table>\n<p>Total: 46.00 EUR</p>\n<footer>Corner Shop thanks you for your order.</footer>\n',
    );
    assert.equal(await shop.file('invoices/1.html'), text);
    assert.match((await shop.get('/orders/4/invoice')).text, /To: guest/);
    assert.equal((await shop.get('/orders/77/invoice')).status, 404);
  });

  it('says which version it is', async () => {
    const { name, version } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    const { status, json } = await shop.get('/version');
    assert.equal(status, 200);
    assert.equal(json.name, name);
    assert.equal(json.version, version);
    assert.match(String(json.commit), /^([0-9a-f]{4,}|unknown)$/);
  });

  it('says that it is well', async () => {
    const { status, json } = await shop.get('/health');
    assert.equal(status, 200);
    assert.equal(json.database, 'up');
    assert.ok(Number.isInteger(json.storedKilobytes));
  });

  it('says that there is nothing at an unknown path', async () => {
    const { status, json } = await shop.get('/nowhere');
    assert.deepEqual([status, json], [404, { error: 'There is nothing here.' }]);
  });
});
