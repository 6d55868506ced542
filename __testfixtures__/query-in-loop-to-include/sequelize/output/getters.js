const { Post, User } = require('./db');

async function authors() {
  const posts = await Post.findAll({ order: [['id', 'ASC']], include: ['author'] });
  const names = [];
  for (const post of posts) {
    // safe: Post.author in a loop → eager loading
    const author = post.author;
    names.push(`${post.title}: ${author?.name}`);
  }
  return names;
}

async function titles() {
  const users = await User.findAll({ attributes: ['id', 'name'], include: [{ association: 'posts', separate: true }] });
  const all = {};
  for (const user of users) {
    // review: The order of the rows with one `authorId` does not matter
    const posts = user.posts;
    all[user.name] = posts.map((post) => post.title).sort();
  }
  return all;
}

async function bios() {
  const users = await User.findAll({ order: ['id'], include: ['profile'] });
  const all = users.map((user) => {
    // safe: User.profile in a loop → eager loading
    const profile = user.profile;
    return { name: user.name, bio: profile === null ? 'none' : profile.bio };
  });
  return all;
}

// queries: 16 → 4
exports.run = async () => [await authors(), await titles(), await bios()];
