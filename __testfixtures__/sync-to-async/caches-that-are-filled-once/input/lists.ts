const notes: string[] = [];

export function noted(text: string): void {
  notes.push(text);
}

export const steps: string[] = [];

export function seen(text: string): number {
  steps.push(text);
  return steps.length;
}

export const drained = (): readonly string[] => notes.splice(0);

export const entries = (): readonly string[] => [...notes, ...steps];

const lines: string[] = [];

export function told(text: string): void {
  lines.push(text);
}

export const all = { lines };
