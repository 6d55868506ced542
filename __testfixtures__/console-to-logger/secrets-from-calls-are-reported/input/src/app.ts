export function show(getToken: () => string, headers: Headers): void {
  // report: the file says "use client"
  console.log('token', getToken());
  // report: the file says "use client"
  console.log('header', headers.get('authorization'));
}
