import express from 'express';
import { readFileSync, statSync } from 'node:fs';

const app = express();

class Texts {
  #folder = 'texts';

  #read(name: string): string {
    // safe: functions become async)
    return readFileSync(`${this.#folder}/${name}`, 'utf8');
  }

  static sizeOf(name: string): number {
    // safe: functions become async)
    return statSync(name).size;
  }

  read(name: string): string {
    return this.#read(name);
  }

  lengthOf = (name: string): number => this.read(name).length;

  all(names: readonly string[]): string {
    const { read } = this;
    const self = this;
    return read.call(this, 'a.txt') + read.apply(this, ['b.txt']) + self.read(names[0]!);
  }
}

const texts = new Texts();
const bound = texts.read.bind(texts);

app.get('/bound', (req, res) => {
  res.send(bound('a.txt') + texts.lengthOf('b.txt') + texts.all(['c.txt']) + Texts.sizeOf('d.txt'));
});

const helpers = {
  folder: 'texts',
  path(name: string) {
    return `${this.folder}/${name}`;
  },
  size(name: string): number {
    // safe: (3 functions become async)
    const { size } = statSync(this.path(name));
    return size;
  },
  label(name: string): string {
    return `${this.size(name)} bytes`;
  },
};

app.get('/helpers', (req, res) => {
  const { label } = helpers;
  res.send(helpers.label('a.txt') + label.call(helpers, 'b.txt'));
});
