import OpenAI from 'openai';

export async function renamed(key: string, id: string, name: string) {
  const openai = new OpenAI({ apiKey: key });
  // report: which `openai.vectorStores.files.list` reads after it
  const store = await openai.vectorStores.update(id, { name });
  const files = await openai.vectorStores.files.list(id);
  return { store, files: files.data };
}
