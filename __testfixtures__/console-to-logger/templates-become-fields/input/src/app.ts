interface User {
  id: number;
  name: string;
}

export function visit(user: User, path: string, ms: number, from: string, to: string): void {
  // report: the file says "use client"
  console.log(`User ${user.id} visits ${path}`);
  // report: the file says "use client"
  console.log(`Visited: ${path}`);
  // report: the file says "use client"
  console.log(`Connected to ${path}`);
  // report: the file says "use client"
  console.log('Visited ' + path);
  // report: the file says "use client"
  console.log(`[${path}] visited`);
}

export function unreadable(ms: number, from: string, to: string): void {
  // report: the file says "use client"
  console.log(`retrying in ${ms}ms`);
  // report: the file says "use client"
  console.log(`moved ${from} to ${to}`);
  // report: the file says "use client"
  console.log(`${from} - ${to}`);
  // report: the file says "use client"
  console.log(`took ${Date.now() - ms} of ${ms}`);
  // report: the file says "use client"
  console.log('at http://' + from + ':' + ms);
}
