module.exports = {
  users: require('./users'),
  roles: require('./roles'),
  orders: require('./orders'),
  lines: require('./lines'),
  stock: require('./stock')
}
