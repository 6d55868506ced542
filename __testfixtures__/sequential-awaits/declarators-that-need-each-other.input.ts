import { readFile, realpath, stat, writeFile } from 'node:fs/promises';

export async function resolved(path: string) {
  const real = await realpath(path),
    found = await stat(real),
    kinds = { isFile: found.isFile() };
  return { real, kinds };
}

export async function joined(folder: string) {
  const path = `${folder}/a.txt`,
    text = await readFile(path, 'utf8'),
    size = text.length;
  // safe: 2 awaits in a row → Promise.all
  const other = await readFile('b.txt', 'utf8');
  const last = await readFile('c.txt', 'utf8');
  return { text, size, other, last };
}

export async function mixed() {
  // safe: 2 awaits in a row → Promise.all
  const one = await readFile('a.txt', 'utf8'),
    lines = 3,
    two = await readFile('b.txt', 'utf8');
  return { one, two, lines };
}

export async function counted(paths: string[]) {
  let at = 0;
  const one = await readFile(paths[at], 'utf8'),
    next = at++,
    two = await readFile(paths[at], 'utf8');
  return { one, next, two };
}

export async function inSequence(path: string) {
  let real = '';
  let found;
  (real = await realpath(path)), (found = await stat(real));
  return { real, found };
}

export async function lastOfThree(path: string) {
  // report: `writeFile` writes the file `a.txt`
  // report: `kept = await writeFile('a.txt', path)` stands between them and writes the file `a.txt`
  const kept = await writeFile('a.txt', path),
    two = await readFile('b.txt', 'utf8');
  return { kept, two, three: await readFile('c.txt', 'utf8') };
}

export async function lastOfThreeNeedsNothing(path: string) {
  // safe: 3 awaits in a row → Promise.all
  const real = await realpath(path),
    found = await stat(real),
    two = await readFile('b.txt', 'utf8');
  return { real, found, two, three: await readFile('c.txt', 'utf8') };
}

export async function afterOneThatWaitsForNothing(name: string) {
  const path = await String(name).trim(),
    two = await readFile('b.txt', 'utf8');
  const three = await readFile(path, 'utf8');
  return { path, two, three };
}

export async function besideOneThatWaitsForNothing(name: string) {
  // safe: 2 awaits in a row → Promise.all
  const path = await String(name).trim(),
    two = await readFile('b.txt', 'utf8');
  const three = await readFile('c.txt', 'utf8');
  return { path, two, three };
}

let turns = 0;
const next = () => String(++turns);

export async function lastOfThreeCounts(path: string) {
  // review: Nobody minds that `readFile` changes the variable `turns` although what runs beside it fails
  const one = await stat(path),
    two = await readFile(next(), 'utf8');
  const three = await readFile('c.txt', 'utf8');
  return { one, two, three };
}

export async function lastOfALiteral(path: string) {
  // report: `writeFile` writes the file `a.txt`
  const made = { one: await writeFile('a.txt', path), two: await readFile('b.txt', 'utf8') };
  const three = await readFile(String(made.two), 'utf8');
  return { made, three };
}
