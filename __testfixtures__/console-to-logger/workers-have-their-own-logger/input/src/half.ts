export function half(size: number): number {
  // review: the logger is set up in the worker or child process too
  console.log('halved');
  return size / 2;
}
