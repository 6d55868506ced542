import { posts, users } from './db';

const FIELDS = { name: true } as const;

/** Rows have no `token`, as long as nobody asks for it. */
export async function byTokens() {
  const out: (string | undefined)[] = [];
  for (const token of ['a', 'b']) {
    // report: rows are loaded without `token`, by which they would be looked up
    const user = await users.findOneBy({ token });
    out.push(user?.name);
  }
  return out;
}

export async function byUuids(uids: readonly string[]) {
  const out: (string | undefined)[] = [];
  for (const uid of uids) {
    // review: is written in small letters, as the database gives `uid`
    const user = await users.findOne({ where: { uid } });
    out.push(user?.name);
  }
  return out;
}

export async function byCodes() {
  const out: (string | undefined)[] = [];
  for (const code of ['ab', 'cd']) {
    // report: whose values JavaScript does not compare as the database does
    const user = await users.findOneBy({ code });
    out.push(user?.name);
  }
  return out;
}

/** The database finds `10` where it is told `010`. */
export async function byBigNumbers() {
  const out: (string | undefined)[] = [];
  for (const big of ['010', '20']) {
    // review: without zeros or a sign in front
    const user = await users.findOneBy({ big });
    out.push(user?.name);
  }
  return out;
}

/** What is selected is written elsewhere. */
export async function namesOnly() {
  const out: (string | undefined)[] = [];
  for (const id of [1, 2]) {
    // report: what it selects is not written where it is called
    const user = await users.findOne({ where: { id }, select: FIELDS });
    out.push(user?.name);
  }
  return out;
}

/** Rows are told apart by both keys. */
export async function withSelect(wanted: readonly { id: number; live: boolean }[]) {
  const out: number[] = [];
  for (const { id, live } of wanted) {
    // report: it selects no primary key
    const own = await posts.find({ where: { authorId: id, live }, select: { slug: true } });
    out.push(own.length);
  }
  return out;
}

/** The uuids are no longer as the database gave them. */
export async function byUuidsInCapitals() {
  const all = await posts.find({ order: { id: 'ASC' }, take: 20 });
  for (const post of all) post.editorUid = post.editorUid.toUpperCase();
  const out: (string | undefined)[] = [];
  for (const post of all) {
    // review: is written in small letters, as the database gives `uid`
    const editor = await users.findOneBy({ uid: post.editorUid });
    out.push(editor?.name);
  }
  return out;
}
