import { input } from '@inquirer/prompts';
import got from 'got';

async function tryName(id: string): Promise<{ isFree: boolean; suggestion: string }> {
  return await got.get(`https://sites.example/${id}`).json();
}

export async function chosenName(suggestion: string): Promise<string> {
  let id = '';
  let isConfirmed = false;
  // report: it asks a person until the answer will do
  while (!isConfirmed) {
    if (!id || suggestion) {
      id = await input({ message: 'How shall it be called?', default: suggestion });
    }
    const attempt = await tryName(id);
    isConfirmed = attempt.isFree;
    suggestion = attempt.suggestion;
    if (!isConfirmed) id = '';
  }
  return id;
}
