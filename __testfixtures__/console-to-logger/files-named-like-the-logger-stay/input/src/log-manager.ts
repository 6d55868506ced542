export function rotate(): void {
  // report: it is named like a part of the logger, and a record that it writes could come back to it
  console.log('rotated');
}
