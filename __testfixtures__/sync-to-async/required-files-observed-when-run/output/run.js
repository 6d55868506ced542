const texts = require('./texts');
const { textOf: read } = require('./texts');

const cut = (text) => `${text}`.slice(0, 2);

exports.values = async (folder) => [await read(folder, 'a'), cut(await texts.upper(folder, 'a')), `${await texts.textOf(folder, 'a')}!`];

exports.caught = async (folder) => {
  try {
    return await texts.upper(folder, 'b');
  } catch (error) {
    return error.code;
  }
};

exports.thrown = async (folder) => (await read(folder, 'b')).length;
