export function show(passwordLength: number, hasToken: boolean, tokenCount: number, author: string, passwordHash: string): void {
  // safe: console.log → logger.info
  console.log('length', passwordLength, hasToken);
  // safe: console.log → logger.info
  console.log('count', tokenCount);
  // safe: console.log → logger.info
  console.log('author', author);
  // safe: console.log → logger.info
  console.log('hash', passwordHash.length);
}
