export function start(name: string): void {
  // report: the file says "use client"
  console.log('started');
  // report: the file says "use client"
  console.log("it's 100% up");
  // report: the file says "use client"
  console.log(name);
  // report: the file says "use client"
  console.info(
    'a long text',
  );
  // report: the file says "use client"
  name && console.warn('named');
  // report: the file says "use client"
  // report: the file says "use client"
  name === '' ? console.error('no name') : console.log('a name');
  // report: the file says "use client"
  if (name) console.log('again');
  // report: the file says "use client"
  else console.log('nothing');
}
