const { DataTypes, Sequelize } = require('sequelize');

const sequelize = new Sequelize(process.env.DATABASE_URL);

const User = sequelize.define('User', { name: DataTypes.TEXT });
const Post = sequelize.define('Post', { title: DataTypes.TEXT, authorId: DataTypes.INTEGER });
const Comment = sequelize.define('Comment', { postId: DataTypes.INTEGER });
User.hasMany(Post, { as: 'posts', foreignKey: 'authorId' });
Post.hasMany(Comment, { as: 'comments', foreignKey: 'postId' });

module.exports = { User, Post, Comment };
