export function show(passwordLength: number, hasToken: boolean, tokenCount: number, author: string, passwordHash: string): void {
  // report: the file says "use client"
  console.log('length', passwordLength, hasToken);
  // report: the file says "use client"
  console.log('count', tokenCount);
  // report: the file says "use client"
  console.log('author', author);
  // report: the file says "use client"
  console.log('hash', passwordHash.length);
}
