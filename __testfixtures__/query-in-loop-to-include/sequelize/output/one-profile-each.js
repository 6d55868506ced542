const { User } = require('./db');

// queries: 5 → 1
exports.run = async () => {
  const users = await User.findAll({ order: [['id', 'ASC']], include: ['profile'] });
  const bios = [];
  for (const user of users) {
    // safe: Profile.findOne in a loop → eager loading
    const profile = user.profile;
    bios.push(profile ? profile.bio : 'none');
  }
  return bios;
};
