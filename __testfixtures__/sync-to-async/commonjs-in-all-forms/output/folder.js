const fs = require('fs');

class Folder {
  constructor(path) {
    this.path = path;
  }

  async names() {
    // safe: (2 functions become async, in 2 files)
    return fs.promises.readdir(this.path);
  }
}

module.exports = Folder;
module.exports.Folder = Folder;
