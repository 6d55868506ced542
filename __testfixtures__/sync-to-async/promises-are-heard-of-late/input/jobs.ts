export interface Job {
  readonly done: Promise<string>;
}

export function startJob(): Job {
  return { done: fetch('https://example.org/').then((response) => response.text()) };
}
