// report: its output is what a command prints: the package names it in `bin`
console.log('a bin entry');
