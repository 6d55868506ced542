export function answer(id: number): void {
  process.stdout.write(JSON.stringify({ id }));
  // report: its stdout carries messages for another program
  console.error('answered');
}
