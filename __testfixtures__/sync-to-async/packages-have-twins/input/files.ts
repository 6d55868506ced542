import bcrypt from 'bcryptjs';
import spawn from 'cross-spawn';
import { execaSync } from 'execa';
import fg from 'fast-glob';
import fs from 'fs-extra';
import { globSync } from 'glob';
import graceful from 'graceful-fs';
import { mkdirpSync } from 'mkdirp';
import { rimrafSync } from 'rimraf';
import shell from 'shelljs';

export async function settings(path: string): Promise<unknown> {
  // review: Nobody removes
  if (!fs.pathExistsSync(path)) return undefined;
  // review: nobody reads the message of an error
  return fs.readJsonSync(path);
}

export async function fill(path: string): Promise<void> {
  // safe: fs-extra.ensureDirSync → await fs.ensureDir
  fs.ensureDirSync(path);
  // safe: fs-extra.existsSync → await fs.pathExists
  if (fs.existsSync(`${path}/a`)) return;
  // safe: fs-extra.statSync → await fs.stat
  if (fs.statSync(path).isFile()) throw new Error(path);
}

export async function hashOf(password: string): Promise<string> {
  // safe: bcryptjs.hashSync → bcrypt.hash
  return bcrypt.hashSync(password);
}

export async function saltedHashOf(password: string): Promise<string> {
  // safe: bcryptjs.genSaltSync → await bcrypt.genSalt
  const salt = bcrypt.genSaltSync(12);
  // safe: bcryptjs.hashSync → bcrypt.hash
  return bcrypt.hashSync(password, salt);
}

export async function isRight(password: string, hash: string): Promise<boolean> {
  // safe: bcryptjs.compareSync → await bcrypt.compare
  return bcrypt.compareSync(password, hash) === true;
}

export async function pages(): Promise<readonly string[]> {
  // review: the order of the files is not relied on
  return [...globSync('pages/*'), 'end'];
}

export async function countPages(): Promise<number> {
  // safe: glob.globSync → await glob
  return globSync('pages/*').length;
}

export async function others(): Promise<string[]> {
  // review: the order of the files is not relied on
  return fg.sync('others/*');
}

export async function clear(path: string): Promise<void> {
  // review: No other turn
  rimrafSync(path);
}

export async function make(path: string): Promise<void> {
  // safe: mkdirp.mkdirpSync → await mkdirp
  mkdirpSync(path);
}

export async function run(): Promise<string> {
  // review: the command reads nothing from its input
  return execaSync('git', ['status']).stdout;
}

export async function read(path: string): Promise<string> {
  // safe: graceful-fs.readFileSync → readFileAsync
  return graceful.readFileSync(path, 'utf8');
}

export async function refused(): Promise<number> {
  // report: `cross-spawn` has no promise form
  const { status } = spawn.sync('make');
  // report: none gives a promise
  shell.mkdir('-p', 'made');
  return status ?? 1;
}
