const mongoose = require('mongoose');

const commentSchema = mongoose.Schema({
  post: { type: mongoose.SchemaTypes.ObjectId, ref: 'Post', required: true },
  author: { type: mongoose.SchemaTypes.ObjectId, ref: 'User' },
  text: String,
});

module.exports = mongoose.model('Comment', commentSchema);
