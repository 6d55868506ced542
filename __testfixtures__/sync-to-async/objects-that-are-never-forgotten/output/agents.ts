import { readFile } from 'node:fs/promises';

export interface Agent {
  readonly kind: string;
  prompt(path: string): unknown;
}

async function readPrompt(path: string): Promise<string> {
  // review: whose name is only known when it runs, is never `readPrompt`
  return readFile(path, 'utf8');
}

// Nothing that takes an agent takes just any object.
export const general: Agent = { kind: 'general', prompt: readPrompt };

async function readRules(path: string): Promise<string> {
  // review: whose name is only known when it runs, is never `readRules`
  return readFile(path, 'utf8');
}

export const agents: Record<string, Agent> = { general, rules: { kind: 'rules', prompt: readRules } };

export function copyOf(agent: Agent): Agent {
  return agent;
}
