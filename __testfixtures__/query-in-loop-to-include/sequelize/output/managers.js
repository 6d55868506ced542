const { User } = require('./db');

// queries: 4 → 1
exports.run = async () => {
  const users = await User.findAll({ attributes: ['id', 'name', 'managerId'], order: [['id', 'DESC']], include: ['manager'] });
  // safe: User.findByPk in a loop → eager loading
  const managers = users.map((user) => user.manager);
  return managers.map((manager, i) => `${users[i].name} < ${manager ? manager.name : '-'}`);
};
