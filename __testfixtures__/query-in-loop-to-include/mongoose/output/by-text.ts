// queries: 3 → 1
import { User } from './models';

async function namesOf(ids: string[]): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  const users = await User.find({ _id: { $in: ids } }).lean();
  const userById = new Map(users.map((user) => [String(user._id), user]));
  for (const id of ids) {
    // review: `id` is a text of 24 small letters and figures
    const user = userById.get(String(id)) ?? null;
    names.push(user?.name);
  }
  return names;
}

export async function run() {
  return namesOf(['650000000000000000000002', '650000000000000000000009', '650000000000000000000002']);
}
