export function tool(): void {
  // report: it configures or drives a tool, whose reader sits before the terminal
  console.log('configured');
}
