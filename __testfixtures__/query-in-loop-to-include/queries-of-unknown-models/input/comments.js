const { User } = require('./models');

async function countsOfComments(id) {
  const user = await User.findByPk(id);
  const out = [];
  for (const post of await user.getPosts()) {
    // report: is a method of sequelize by its name: of which model is not known
    const comments = await post.getComments();
    out.push(comments.length);
  }
  return out;
}

module.exports = { countsOfComments };
