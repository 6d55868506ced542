export async function plugins() {
  // review: `import('@acme/images')` only computes: loading a module runs its code
  const { resize } = await import('@acme/images');
  const { default: upload } = await import('@acme/storage');
  return { resize, upload };
}

export async function afterItsSetup() {
  // report: the module is loaded for what its code does
  await import('@acme/register-aliases');
  const { start } = await import('@acme/server');
  return start;
}

export async function builtIn() {
  const path = await import('node:path');
  const { readFile } = await import('fs/promises');
  return readFile(path.join('a', 'b'), 'utf8');
}
