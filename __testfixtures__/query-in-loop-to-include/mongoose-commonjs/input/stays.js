const { Comment, Post, User } = require('./models');

/** What callers give may be a document, or conditions. */
const remove = async (filters) => {
  for (const filter of filters) {
    // report: its conditions are not written where it is called
    const user = await User.findOne(filter);
    // report: `user` is computed in the turn
    const posts = await Post.find({ author: user._id });
    for (const post of posts) await post.deleteOne();
  }
};

const tidy = async (req, res) => {
  const posts = await Post.find(req.query, null, req.options);
  for (const post of posts) {
    // report: an aggregation does not cast
    const number = await Comment.countDocuments({ post: post._id, $or: [{ text: '' }, { text: null }] });
    // report: its result is given to a callback
    Comment.find({ post: post._id }, (error, comments) => console.log(error, comments, number));
  }
  res.send();
};

module.exports = { remove, tidy };
