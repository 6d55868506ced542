import { readFileSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';

export const app = express();

interface Node {
  readonly name: string;
  readonly children: readonly Node[];
}

class Temp implements Disposable {
  readonly path = join(tmpdir(), 'page.txt');
  [Symbol.dispose](): void {
// report: called by the language
    rmSync(this.path);
  }
}

// The body of an arrow function becomes the body of a loop, which waits for each.
app.delete('/files', (request, response) => {
// review: No other turn
  ['a', 'b'].forEach((name) => unlinkSync(join('files', name)));
  response.sendStatus(204);
});

// What is walked has the name of the element.
app.get('/tree', (request, response) => {
  const node: Node = response.locals.tree;
  const texts: string[] = [];
  node.children.forEach((node) => {
// report: has the name of its element
    texts.push(readFileSync(node.name, 'utf8'));
  });
  response.json(texts);
});

// The file is gone when the block is left.
app.get('/page', (request, response) => {
  const read = (): string => {
    using temp = new Temp();
// safe: fs.readFileSync → await readFile
    return readFileSync(temp.path, 'utf8');
  };
  response.send(read());
});

app.get('/all', (request, response) => {
  const found: string[] = []
  // review: short enough
  ;['a', 'b'].flatMap((name) => readdirSync(name)).forEach((name) => found.push(name));
  response.json(found);
});
