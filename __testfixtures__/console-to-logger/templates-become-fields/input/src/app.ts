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
  // safe: console.log → logger.info
  console.log(`retrying in ${ms}ms`);
  // safe: console.log → logger.info
  console.log(`moved ${from} to ${to}`);
  // safe: console.log → logger.info
  console.log(`${from} - ${to}`);
  // safe: console.log → logger.info
  console.log(`took ${Date.now() - ms} of ${ms}`);
  // safe: console.log → logger.info
  console.log('at http://' + from + ':' + ms);
}
