import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { shop } from '../support/shop.js';

const { runNightly } = await import('../../src/jobs/nightly.js');

const allOrders =
  'order,status,pieces,total\n' +
  '1,shipped,3,46.00 EUR\n' +
  '2,paid,3,19.50 EUR\n' +
  '3,unpaid,3,74.40 EUR\n' +
  '4,paid,1,11.00 EUR\n';

describe('reports and the nightly job', () => {
  it('shows the dashboard', async () => {
    assert.deepEqual((await shop.get('/reports/dashboard')).json, {
      ordersToShip: 2,
      revenueCents: 7650,
      lowStock: ['Ink, blue', 'Pen tray'],
      newestCustomer: { name: 'Edsger Dijkstra', orders: 0 },
      notice: 'We are closed on public holidays.',
    });
  });

  it('counts', async () => {
    const { text } = await shop.get('/reports/counts');
    assert.equal(text, '{"customers":4,"products":6,"orders":5}');
  });

  it('shows an empty outbox and no exports before anything happened', async () => {
    assert.deepEqual((await shop.get('/reports/outbox')).json, []);
    assert.deepEqual((await shop.get('/reports/exports')).json, []);
  });

  it('exports the orders up to a day, lists the export and hands it out', async () => {
    const created = await shop.post('/reports/exports', { day: '2026-03-03' });
    assert.deepEqual([created.status, created.json], [201, { name: 'orders-2026-03-03.csv' }]);
    assert.deepEqual((await shop.get('/reports/exports')).json, [
      { name: 'orders-2026-03-03.csv', bytes: allOrders.length },
    ]);

    const packed = await shop.get('/reports/exports/orders-2026-03-03.csv', { 'accept-encoding': 'gzip' });
    assert.equal(packed.text, allOrders);
    assert.match(packed.type, /^text\/csv/);
    const plain = await shop.get('/reports/exports/orders-2026-03-03.csv', { 'accept-encoding': 'identity' });
    assert.equal(plain.text, allOrders);
  });

  it('refuses an export of no day, and a file that is no export', async () => {
    assert.equal((await shop.post('/reports/exports', { day: 'soon' })).status, 400);
    assert.equal((await shop.post('/reports/exports', {})).status, 400);
    assert.equal((await shop.get('/reports/exports/orders-2020-01-01.csv')).status, 404);
    assert.equal((await shop.get('/reports/exports/..%2Foutbox')).status, 400);
  });

  it('answers an export that cannot be written with an error', async () => {
    await shop.block('exports');
    assert.equal((await shop.post('/reports/exports', { day: '2026-03-03' })).status, 500);
  });

  it('reminds, exports and packs every night', async () => {
    const result = await runNightly(new Date('2026-03-07T02:00:00Z'));
    assert.equal(result.reminders, 1);
    assert.equal(result.ordersFile, 'orders-2026-03-07.csv');
    assert.deepEqual(result.removed, []);
    assert.deepEqual((await shop.get('/reports/outbox')).json, [
      {
        name: 'order-3-reminder.txt',
        text: 'To: ada@example.org\nSubject: Order 3 is unpaid\n\nDear Ada Lovelace,\n\nplease pay 74.40 EUR.\n',
      },
    ]);

    assert.equal(await shop.file('exports/orders-2026-03-07.csv'), `${allOrders}5,unpaid,0,0.00 EUR\n`);
    assert.equal(
      gunzipSync(await readFile(result.takingsFile)).toString(),
      'day,takings\n' +
        '2026-03-03,150.90 EUR\n' +
        '2026-03-04,150.90 EUR\n' +
        '2026-03-05,150.90 EUR\n' +
        '2026-03-06,150.90 EUR\n' +
        '2026-03-07,150.90 EUR\n',
    );
  });

  it('adds the takings up day by day', async () => {
    const { takingsFile } = await runNightly(new Date('2026-03-03T23:00:00Z'));
    assert.equal(
      gunzipSync(await readFile(takingsFile)).toString(),
      'day,takings\n' +
        '2026-02-27,0.00 EUR\n' +
        '2026-02-28,0.00 EUR\n' +
        '2026-03-01,46.00 EUR\n' +
        '2026-03-02,139.90 EUR\n' +
        '2026-03-03,150.90 EUR\n',
    );
  });

  it('keeps the newest five exports', async () => {
    const folder = join(shop.filesDir, 'exports');
    await mkdir(folder, { recursive: true });
    // The names sort the other way round than the times.
    for (const [index, name] of ['e.csv', 'd.csv', 'c.csv', 'b.csv', 'a.csv'].entries()) {
      await writeFile(join(folder, name), name);
      const time = new Date(Date.UTC(2026, 0, 1 + index));
      await utimes(join(folder, name), time, time);
    }
    const { removed } = await runNightly(new Date('2026-03-07T02:00:00Z'));
    assert.deepEqual(removed.sort(), ['d.csv', 'e.csv']);
    assert.deepEqual((await readdir(folder)).sort(), [
      'a.csv',
      'b.csv',
      'c.csv',
      'orders-2026-03-07.csv',
      'takings-2026-03-07.csv.gz',
    ]);
  });

  it('removes nothing when the night goes wrong', async () => {
    await shop.block('exports');
    await assert.rejects(runNightly(new Date('2026-03-07T02:00:00Z')));
  });
});
