#!/usr/bin/env node
export function run(): void {
  // report: its output is what a command prints: it begins with a shebang
  console.log('a shebang');
}
