import { readdirSync } from 'node:fs';

export function allSkills(): string[] {
  // review: Nobody calls `skillsOf` but tests, which wait then
  return readdirSync('skills');
}

export function skillsOf(kind: string): string[] {
  return allSkills().filter((name) => name.startsWith(kind));
}
