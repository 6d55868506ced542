import { readFileSync } from 'node:fs';

export interface Agent {
  readonly kind: string;
  prompt(path: string): unknown;
}

function readPrompt(path: string): string {
  // review: whose name is only known when it runs, is never `readPrompt`
  return readFileSync(path, 'utf8');
}

// Nothing that takes an agent takes just any object.
export const general: Agent = { kind: 'general', prompt: readPrompt };

function readRules(path: string): string {
  // review: whose name is only known when it runs, is never `readRules`
  return readFileSync(path, 'utf8');
}

export const agents: Record<string, Agent> = { general, rules: { kind: 'rules', prompt: readRules } };

export function copyOf(agent: Agent): Agent {
  return agent;
}
