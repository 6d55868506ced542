const mongoose = require('mongoose');

const postSchema = mongoose.Schema({
  title: { type: String, required: true },
  author: { type: mongoose.SchemaTypes.ObjectId, ref: 'User' },
  category: String,
  isPublished: Boolean,
});

module.exports = mongoose.model('Post', postSchema);
