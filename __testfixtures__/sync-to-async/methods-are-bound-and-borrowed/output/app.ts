import express from 'express';
import { readFile, stat } from 'node:fs/promises';

const app = express();

class Texts {
  #folder = 'texts';

  async #read(name: string): Promise<string> {
    // safe: functions become async)
    return readFile(`${this.#folder}/${name}`, 'utf8');
  }

  static async sizeOf(name: string): Promise<number> {
    // safe: functions become async)
    return (await stat(name)).size;
  }

  async read(name: string): Promise<string> {
    return this.#read(name);
  }

  lengthOf = async (name: string): Promise<number> => (await this.read(name)).length;

  async all(names: readonly string[]): Promise<string> {
    const { read } = this;
    const self = this;
    return (await read.call(this, 'a.txt')) + (await read.apply(this, ['b.txt'])) + (await self.read(names[0]!));
  }
}

const texts = new Texts();
const bound = texts.read.bind(texts);

app.get('/bound', async (req, res) => {
  res.send((await bound('a.txt')) + (await texts.lengthOf('b.txt')) + (await texts.all(['c.txt'])) + (await Texts.sizeOf('d.txt')));
});

const helpers = {
  folder: 'texts',
  path(name: string) {
    return `${this.folder}/${name}`;
  },
  async size(name: string): Promise<number> {
    // safe: (3 functions become async)
    const { size } = await stat(this.path(name));
    return size;
  },
  async label(name: string): Promise<string> {
    return `${await this.size(name)} bytes`;
  },
};

app.get('/helpers', async (req, res) => {
  const { label } = helpers;
  res.send((await helpers.label('a.txt')) + (await label.call(helpers, 'b.txt')));
});
