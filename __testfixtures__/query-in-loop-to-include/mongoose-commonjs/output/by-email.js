// queries: 4 → 2
const { User } = require('./models');

const findAll = async (emails) => {
  const names = [];
  const users = await User.find({ email: { $in: [...new Set(emails)] } }, { name: true, _id: false, email: 1 });
  const userByEmail = new Map(users.map((user) => [user.email, user]));
  for (const email of emails) {
    // review: a lookup tells `1` from `'1'`
    const user = userByEmail.get(email) ?? null;
    names.push(user && user.name);
  }
  return names;
};

/** A caller asks for what was found before, once more. */
const run = async () => {
  const known = await findAll(['bob@example.com', 'nobody@example.com', 'bob@example.com', 'ann@example.com']);
  return [...known, ...(await findAll([]))];
};

module.exports = { run };
