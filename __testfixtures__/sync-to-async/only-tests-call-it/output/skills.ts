import { readdir } from 'node:fs/promises';

export async function allSkills(): Promise<string[]> {
  // review: Nobody calls `skillsOf` but tests, which wait then
  return readdir('skills');
}

export async function skillsOf(kind: string): Promise<string[]> {
  return (await allSkills()).filter((name) => name.startsWith(kind));
}
