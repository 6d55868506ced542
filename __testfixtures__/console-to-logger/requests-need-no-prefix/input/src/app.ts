interface Incoming {
  method: string;
  url: string;
  level: number;
}

export function show(req: Incoming, res: { statusCode: number; url: string }, method: string): void {
  // safe: console.log → logger.info
  console.log(`Served ${req.method} ${req.url}`);
  // safe: console.log → logger.info
  console.log('Answered:', res.statusCode, req.url, res.url);
  // safe: console.log → logger.info
  console.log('Compared:', method, req.method);
  // review: `req.level` is a number: JSON keeps it, but for NaN and infinities
  console.log('Level:', req.level);
}
