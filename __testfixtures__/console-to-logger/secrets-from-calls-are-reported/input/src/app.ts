export function show(getToken: () => string, headers: Headers): void {
  // report: `getToken` is named like a secret: choose what of it to log
  console.log('token', getToken());
  // report: `authorization` is named like a secret: choose what of it to log
  console.log('header', headers.get('authorization'));
}
