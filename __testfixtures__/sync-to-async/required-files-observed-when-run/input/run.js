const texts = require('./texts');
const { textOf: read } = require('./texts');

const cut = (text) => `${text}`.slice(0, 2);

exports.values = async (folder) => [read(folder, 'a'), cut(texts.upper(folder, 'a')), `${texts.textOf(folder, 'a')}!`];

exports.caught = async (folder) => {
  try {
    return texts.upper(folder, 'b');
  } catch (error) {
    return error.code;
  }
};

exports.thrown = async (folder) => read(folder, 'b').length;
