import express from 'express';
import { access } from 'node:fs/promises';

export const app = express();

class Store {
  constructor(private readonly path: string) {}

  async isThere(): Promise<boolean> {
    // review: `table[name]`, whose name is only known when it runs, is never `Store.isThere`
    return access(this.path).then(() => true, () => false);
  }
}

const store = new Store('store.json');

// What is read of these tables under a computed name is never a method of the store: nothing leads from it to them.
const counts: Record<string, any> = {};
const settings: Record<string, any> = JSON.parse('{}');
const handled: ((name: string) => void)[] = [];

interface Package {
  dependencies: { [name: string]: any };
}

function packageOf(text: string): Package {
  const parsed = JSON.parse(text);
  return { dependencies: parsed.dependencies ?? {} };
}

function valueOf(table: Record<string, any>, name: string): unknown {
  return table[name];
}

function twiceOf(table: { [name: string]: any }, name: string): unknown {
  const again = table;
  return valueOf(again, name);
}

app.get('/:name', async (request, response) => {
  const { name } = request.params;
  handled.push(counts[name]);
  response.json([
    await store.isThere(),
    twiceOf({ a: 1 }, name),
    settings[name],
    packageOf(request.body).dependencies[name],
  ]);
});
