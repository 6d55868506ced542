/** A path with forward slashes as a relative URI: everything that means something in one is written as its bytes. */
export const uriOf = (path: string): string =>
  path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\uFFFD')))
    .join('/');
