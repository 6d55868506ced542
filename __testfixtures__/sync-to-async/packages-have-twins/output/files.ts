import bcrypt from 'bcryptjs';
import spawn from 'cross-spawn';
import { execa } from 'execa';
import fg from 'fast-glob';
import fs from 'fs-extra';
import { glob } from 'glob';
import graceful from 'graceful-fs';
import { mkdirp } from 'mkdirp';
import { rimraf } from 'rimraf';
import shell from 'shelljs';
import { promisify } from 'node:util';

const readFileAsync = promisify(graceful.readFile);

export async function settings(path: string): Promise<unknown> {
  // review: Nobody removes
  if (!(await fs.pathExists(path))) return undefined;
  // review: nobody reads the message of an error
  return fs.readJson(path);
}

export async function fill(path: string): Promise<void> {
  // safe: fs-extra.ensureDirSync → await fs.ensureDir
  await fs.ensureDir(path);
  // safe: fs-extra.existsSync → await fs.pathExists
  if (await fs.pathExists(`${path}/a`)) return;
  // safe: fs-extra.statSync → await fs.stat
  if ((await fs.stat(path)).isFile()) throw new Error(path);
}

export async function hashOf(password: string): Promise<string> {
  // safe: bcryptjs.hashSync → bcrypt.hash
  return bcrypt.hash(password, 10);
}

export async function saltedHashOf(password: string): Promise<string> {
  // safe: bcryptjs.genSaltSync → await bcrypt.genSalt
  const salt = await bcrypt.genSalt(12);
  // safe: bcryptjs.hashSync → bcrypt.hash
  return bcrypt.hash(password, salt);
}

export async function isRight(password: string, hash: string): Promise<boolean> {
  // safe: bcryptjs.compareSync → await bcrypt.compare
  return (await bcrypt.compare(password, hash)) === true;
}

export async function pages(): Promise<readonly string[]> {
  // review: the order of the files is not relied on
  return [...(await glob('pages/*')), 'end'];
}

export async function countPages(): Promise<number> {
  // safe: glob.globSync → await glob
  return (await glob('pages/*')).length;
}

export async function others(): Promise<string[]> {
  // review: the order of the files is not relied on
  return fg('others/*');
}

export async function clear(path: string): Promise<void> {
  // review: No other turn
  await rimraf(path);
}

export async function make(path: string): Promise<void> {
  // safe: mkdirp.mkdirpSync → await mkdirp
  await mkdirp(path);
}

export async function run(): Promise<string> {
  // review: the command reads nothing from its input
  return (await execa('git', ['status'])).stdout;
}

export async function read(path: string): Promise<string> {
  // safe: graceful-fs.readFileSync → readFileAsync
  return readFileAsync(path, 'utf8');
}

export async function refused(): Promise<number> {
  // report: `cross-spawn` has no promise form
  const { status } = spawn.sync('make');
  // report: none gives a promise
  shell.mkdir('-p', 'made');
  return status ?? 1;
}
