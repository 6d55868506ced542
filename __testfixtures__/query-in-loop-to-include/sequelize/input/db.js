const sequelize = require('./connection');
const Account = require('./models/account');
const Article = require('./models/article');
const Comment = require('./models/comment');
const Order = require('./models/order');
const OrderLine = require('./models/order-line');
const Post = require('./models/post');
const Price = require('./models/price');
const Product = require('./models/product');
const Profile = require('./models/profile');
const Tag = require('./models/tag');
const User = require('./models/user');

User.hasMany(Post, { as: 'posts', foreignKey: 'authorId' });
User.hasOne(Profile, { as: 'profile', foreignKey: 'userId' });
User.belongsTo(User, { as: 'manager', foreignKey: 'managerId' });
Post.belongsTo(User, { as: 'author', foreignKey: 'authorId' });
Post.belongsTo(User, { as: 'editor', foreignKey: 'editorId' });
Post.hasMany(Comment, { as: 'comments', foreignKey: 'postId' });
Post.belongsToMany(Tag, { as: 'tags', through: 'post_tags', foreignKey: 'postId', otherKey: 'tagId' });
Comment.belongsTo(User, { as: 'user', foreignKey: 'userId' });
Order.hasMany(OrderLine, { as: 'lines', foreignKey: 'orderId' });
Order.belongsTo(User, { as: 'customer', foreignKey: 'customerId' });
Product.belongsTo(User, { foreignKey: 'supplierId' });

module.exports = {
  sequelize,
  Account,
  Article,
  Comment,
  Order,
  OrderLine,
  Post,
  Price,
  Product,
  Profile,
  Tag,
  User,
  connect: () => sequelize.authenticate(),
  disconnect: () => sequelize.close(),
};
