interface Output {
  log(text: string): void;
}

export function print(console: Output): void {
  // ok: this console is a parameter
  console.log('printed');
}
