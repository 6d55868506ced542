// queries: 8 → 2
const { Post, User } = require('./models');

const listPosts = async () => {
  const posts = await Post.find().sort('title').exec();
  const authors = await User.find({ _id: { $in: posts.flatMap((post) => post.author ?? []) } }).exec();
  const authorById = new Map(authors.map((author) => [String(author._id), author]));
  const results = posts.map((post) => {
    // safe: `post.author` is an id
    const author = authorById.get(String(post.author)) ?? null;
    return { title: post.title, author: author ? author.name : null };
  });
  return { results, totalResults: results.length };
};

module.exports = { run: listPosts };
