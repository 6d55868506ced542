import { PrismaClient } from '@prisma/client';
import axios from 'axios';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';

const db = new PrismaClient();

export async function fetched(ids: number[]) {
  // safe: await in a loop → p-map
  const out = await pMap(
    ids,
    async (id) => {
      const { data } = await axios.get(`https://api.example.com/items/${id}`);
      return data;
    },
    { concurrency: 10 },
  );
  return out;
}

export async function crawl(links: string[]) {
  const pages = [];
  // report: The hosts that the elements name are not ours to hurry
  for (const link of links) pages.push((await axios.get(link)).data);
  return pages;
}

export async function crawlMembers(sites: { url: string }[]) {
  const pages = [];
  // report: The hosts that the elements name are not ours to hurry
  for (const site of sites) pages.push((await axios.get(site.url)).data);
  return pages;
}

export async function polite(ids: number[]) {
  const out = [];
  // report: The turns cannot be split: a turn awaits again after it has changed `out`
  for (const id of ids) {
    out.push(await db.user.findUnique({ where: { id } }));
    await sleep(100);
  }
  return out;
}

export async function slept(ids: number[]) {
  const out = [];
  // report: `sleep` waits on purpose: `sleep`
  for (const id of ids) {
    await sleep(100);
    out.push(await db.user.findUnique({ where: { id } }));
  }
  return out;
}

export async function poll(id: number) {
  // report: Each turn asks for the same, as polling and paging do: `db.job.findUnique` is called
  for (const delay of [100, 200, 400]) {
    const job = await db.job.findUnique({ where: { id } });
    console.log(delay, job);
  }
}

export async function runSteps(steps: { run(): Promise<void> }[]) {
  // report: Its turns are steps, which are meant in order: they stand in `runSteps`
  for (const step of steps) await step.run();
}

export async function runMigrations(names: string[]) {
  // report: Its turns are steps, which are meant in order: they stand in `runMigrations`
  for (const name of names) await readFile(name);
}
