export function seed(): void {
  // report: it is in the folder `scripts` of scripts, whose reader sits before the terminal
  console.log('seeded');
}
