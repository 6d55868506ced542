export async function remind(id: string) {
  // report: each file makes a logger of its own from `winston`, with arguments that a person has to choose
  console.info('an order waits');
  return id;
}
