import got from 'got';

interface Page {
  readonly functions?: string[];
  readonly unreachable?: string[];
  readonly nextPageToken?: string;
}

export async function listFunctions(region: string): Promise<{ functions: string[]; unreachable: string[] }> {
  const functions: string[] = [];
  const unreachable = new Set<string>();
  let pageToken = '';
  // report: it walks from page to page
  while (true) {
    const page: Page = await got.get('https://functions.example/list', { searchParams: { region, pageToken } }).json();
    functions.push(...(page.functions ?? []));
    for (const one of page.unreachable ?? []) unreachable.add(one);

    if (!page.nextPageToken) return { functions, unreachable: [...unreachable] };
    pageToken = page.nextPageToken;
  }
}

export async function createBucket(base: string): Promise<string> {
  // report: it tries again until it succeeds
  for (let count = 0; count < 5; count++) {
    const name = count === 0 ? base : `${base}-${Math.random().toString(36).slice(2)}`;
    try {
      await got.post('https://buckets.example/', { json: { name } });
      return name;
    } catch (error: any) {
      if (error.response?.statusCode === 409) {
        console.warn(`${name} is taken`);
        continue;
      }
      throw error;
    }
  }
  throw new Error('No name was free after 5 attempts');
}
