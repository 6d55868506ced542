import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { glob } from 'glob';
import * as yaml from 'js-yaml';

async function settingsOf(folder: string): Promise<any> {
  return yaml.load(await readFile(path.join(folder, 'connector.yaml'), 'utf8'));
}

async function requiredSettingsOf(folder: string): Promise<any> {
  const settings = await settingsOf(folder);
  if (!settings.name) throw new Error(`The connector in ${folder} has no name`);
  return settings;
}

async function queriesOf(folder: string): Promise<string[]> {
  const files = await glob(path.join(folder, '*.gql'));
  return Promise.all(files.map((file: string) => readFile(file, 'utf8')));
}

export const connectorsOf = (folders: string[]) =>
  Promise.all(
    folders.map(async (folder) => {
      const whole = path.join('connectors', folder);
      // safe: 2 awaits in a row → Promise.all
      const [settings, queries] = await Promise.all([
        settingsOf(whole),
        queriesOf(whole),
      ]);
      return { folder: whole, settings, queries };
    }),
  );

export const requiredConnectorsOf = (folders: string[]) =>
  Promise.all(
    folders.map(async (folder) => {
      // review: may begin before it has thrown on purpose
      const [settings, queries] = await Promise.all([
        requiredSettingsOf(folder),
        queriesOf(folder),
      ]);
      return { settings, queries };
    }),
  );
