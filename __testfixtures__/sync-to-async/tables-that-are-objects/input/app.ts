import { existsSync } from 'node:fs';
import express from 'express';

export const app = express();

type Table = Record<string, any>;

/** Whatever it is, it is called. */
function call(table: Table, name: string): unknown {
  const found = table[name];
  return found();
}

class Declared {
  isThere(): boolean {
    // report: `table[name]` may be `Declared.isThere`
    return existsSync('declared');
  }
}
// It comes into a variable.
const declared = new Declared();
const named: Table = declared;

class Handed {
  isThere(): boolean {
    // report: `table[name]` may be `Handed.isThere`
    return existsSync('handed');
  }
}
// It is handed on as `unknown`.
const handed = new Handed();
const onward = (value: unknown, name: string): unknown => call(value as Table, name);

class Generic {
  isThere(): boolean {
    // report: `table[name]` may be `Generic.isThere`
    return existsSync('generic');
  }
}
// It is handed to a generic function.
const generic = new Generic();
function ofAny<T>(value: T, name: string): unknown {
  return call(value as Table, name);
}

class Kept {
  isThere(): boolean {
    // report: `table[name]` may be `Kept.isThere`
    return existsSync('kept');
  }
}
// It is put into a property.
const kept = new Kept();
const shelf: { table: Table } = { table: {} };
shelf.table = kept;

class Given {
  isThere(): boolean {
    // report: `table[name]` may be `Given.isThere`
    return existsSync('given');
  }
}
// A function gives it as a table.
const given = new Given();
const tableOf = (): Table => given;

class Spread {
  isThere = (): boolean => {
    // report: `table[name]` may be `Spread.isThere`
    return existsSync('spread');
  };
}
// Its members are put into a table.
const spread = new Spread();
const copied: Table = { ...spread };

class Proxied {
  isThere(): boolean {
    // report: `table[name]` may be `Proxied.isThere`
    return existsSync('proxied');
  }
}
// A proxy reads it.
const proxied = new Proxied();
const proxy = new Proxy(proxied as Table, { get: (target, name) => call(target, String(name)) });

class Base {
  isThere(): boolean {
    // report: `table[name]` may be `Base.isThere`
    return existsSync('base');
  }
}
class Below extends Base {}
const below = new Below();
const shown: Table = below;

class Reassigned {
  isThere(): boolean {
    // report: `table[name]` may be `Reassigned.isThere`
    return existsSync('reassigned');
  }
}
// It is put into a variable later.
const reassigned = new Reassigned();
let late: Table = {};
function begin(): void {
  late = reassigned;
}

const kinds: Table = {
  isOpen(): boolean {
    // report: `table[name]` may be `isOpen`
    return existsSync('open');
  },
};

app.get('/:name', (request, response) => {
  const { name } = request.params;
  begin();
  response.json([
    call(named, name),
    onward(handed, name),
    ofAny(generic, name),
    call(shelf.table, name),
    call(tableOf(), name),
    call(copied, name),
    proxy[name],
    call(shown, name),
    call(late, name),
    call(kinds, name),
    declared.isThere(),
    handed.isThere(),
    generic.isThere(),
    kept.isThere(),
    given.isThere(),
    spread.isThere(),
    proxied.isThere(),
    below.isThere(),
    reassigned.isThere(),
    kinds.isOpen(),
  ]);
});
