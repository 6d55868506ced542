const mongoose = require('mongoose');

const userSchema = mongoose.Schema({
  name: { type: String, required: true, trim: true },
  email: { type: String, required: true, unique: true },
  company: { type: mongoose.SchemaTypes.ObjectId, ref: 'Company' },
});

module.exports = mongoose.model('User', userSchema);
