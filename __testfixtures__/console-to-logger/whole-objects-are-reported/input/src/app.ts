interface Request {
  body: { id: string };
  headers: Record<string, string>;
}

export function handle(req: Request, user: { name: string }, config: object): void {
  // report: the file says "use client"
  console.log(req.body);
  // report: the file says "use client"
  console.log('body', JSON.stringify(req.body));
  // report: the file says "use client"
  console.log('headers', req.headers);
  // report: the file says "use client"
  console.log('user', user);
  // report: the file says "use client"
  console.log('config', { config });
  // report: the file says "use client"
  console.log('env', process.env);
  // report: the file says "use client"
  console.log('variable', process.env[user.name]);
  // report: the file says "use client"
  console.log('id', req.body.id);
}
