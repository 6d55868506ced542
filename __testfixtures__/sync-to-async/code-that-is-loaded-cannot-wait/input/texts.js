const fs = require('node:fs');

function textOf(path) {
  // report: when its module is loaded, and it calls `textOf`
  return fs.readFileSync(path, 'utf8');
}

const banner = textOf('banner.txt');

// report: Nobody is served meanwhile
const note = fs.readFileSync('note.txt', 'utf8');

class Texts {
  // report: Nobody is served meanwhile
  static first = fs.readFileSync('first.txt', 'utf8');

  static {
    // report: Nobody is served meanwhile
    Texts.second = fs.readFileSync('second.txt', 'utf8');
  }
}

module.exports = { textOf, banner, note, Texts };
