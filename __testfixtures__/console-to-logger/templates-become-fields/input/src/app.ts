interface User {
  id: number;
  name: string;
}

export function visit(user: User, path: string, ms: number, from: string, to: string): void {
  // safe: console.log → logger.info
  console.log(`User ${user.id} visits ${path}`);
  // safe: console.log → logger.info
  console.log(`Visited: ${path}`);
  // safe: console.log → logger.info
  console.log(`Connected to ${path}`);
  // safe: console.log → logger.info
  console.log('Visited ' + path);
  // safe: console.log → logger.info
  console.log(`[${path}] visited`);
}

export function unreadable(ms: number, from: string, to: string): void {
  // review: `ms` is a number: JSON keeps it, but for NaN and infinities
  console.log(`retrying in ${ms}ms`);
  // safe: console.log → logger.info
  console.log(`moved ${from} to ${to}`);
  // safe: console.log → logger.info
  console.log(`${from} - ${to}`);
  // review: `ms` is a number: JSON keeps it, but for NaN and infinities
  console.log(`took ${Date.now() - ms} of ${ms}`);
  // review: `ms` is a number: JSON keeps it, but for NaN and infinities
  console.log('at http://' + from + ':' + ms);
}
