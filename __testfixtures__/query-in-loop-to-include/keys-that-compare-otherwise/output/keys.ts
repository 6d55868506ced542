import { prisma } from './db';


/** The database pads what is `char(6)`. */
export async function byCodes(codes: readonly string[]) {
  const out: string[] = [];
  for (const code of codes) {
    // report: whose values JavaScript does not compare as the database does
    const device = await prisma.device.findUnique({ where: { code } });
    out.push(device?.name ?? '?');
  }
  return out;
}

/** The database finds a uuid in capitals, and gives it in small letters. */
export async function byUuids(uids: readonly string[]) {
  const out: string[] = [];
  const devices = await prisma.device.findMany({
    where: { uid: { in: [...new Set(uids)] } },
  });
  const deviceByUid = new Map(devices.map((device) => [device.uid, device]));
  for (const uid of uids) {
    // review: is written in small letters, as the database gives `uid`
    const device = deviceByUid.get(uid) ?? null;
    out.push(device?.name ?? '?');
  }
  return out;
}

/** The uuids are no longer as the database gave them. */
export async function byUuidsInCapitals() {
  const readings = await prisma.reading.findMany({ orderBy: { id: 'asc' } });
  for (const reading of readings) reading.deviceUid = reading.deviceUid.toUpperCase();
  const out: (string | undefined)[] = [];
  const uids = [...new Set(readings.map((reading) => reading.deviceUid))];
  const devices = await prisma.device.findMany({
    where: { uid: { in: uids } },
  });
  const deviceByUid = new Map(devices.map((device) => [device.uid, device]));
  for (const reading of readings) {
    // review: is written in small letters, as the database gives `uid`
    const device = deviceByUid.get(reading.deviceUid) ?? null;
    out.push(device?.name);
  }
  return out;
}

/** The parameter is rounded as the column is. */
export async function atLevels(levels: readonly number[]) {
  const out: number[] = [];
  for (const level of levels) {
    // report: whose values JavaScript does not compare as the database does
    const readings = await prisma.reading.findMany({ where: { level } });
    out.push(readings.length);
  }
  return out;
}

/** What is only said to be a list of numbers may hold texts. */
export async function ofBody(body: unknown) {
  const { ids } = body as { ids: number[] };
  const out: (string | undefined)[] = [];
  const devices = await prisma.device.findMany({
    where: { id: { in: [...new Set(ids)] } },
  });
  const deviceById = new Map(devices.map((device) => [device.id, device]));
  for (const id of ids) {
    // review: `id` is a number, as `id` is in rows
    const device = deviceById.get(id) ?? null;
    out.push(device?.name);
  }
  return out;
}

/** Without a tenant, Prisma leaves the condition out, and several devices have one handle. */
export async function ofTenant(handles: readonly string[], tenantId?: number) {
  const out: (string | undefined)[] = [];
  const devices = await prisma.device.findMany({
    where: { tenantId, handle: { in: [...new Set(handles)] } },
  });
  const deviceByHandle = new Map(devices.map((device) => [device.handle, device]));
  for (const handle of handles) {
    // review: No two rows of `device` that it finds have the same `handle`
    const device = deviceByHandle.get(handle) ?? null;
    out.push(device?.name);
  }
  return out;
}
