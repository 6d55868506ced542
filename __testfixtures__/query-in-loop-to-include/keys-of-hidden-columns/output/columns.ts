import { posts, users } from './db';
import { In } from 'typeorm';

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
  const users2 = await users.find({ where: { uid: In([...new Set(uids)]) } });
  const userByUid = new Map(users2.map((user) => [user.uid, user]));
  for (const uid of uids) {
    // review: is written in small letters, as the database gives `uid`
    const user = userByUid.get(uid) ?? null;
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
  const bigs = ['010', '20'];
  const users2 = await users.findBy({ big: In([...new Set(bigs)]) });
  const userByBig = new Map(users2.map((user) => [user.big, user]));
  for (const big of bigs) {
    // review: without zeros or a sign in front
    const user = userByBig.get(big) ?? null;
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
  const uids = [...new Set(all.map((post) => post.editorUid))];
  const editors = await users.findBy({ uid: In(uids) });
  const editorByUid = new Map(editors.map((editor) => [editor.uid, editor]));
  for (const post of all) {
    // review: is written in small letters, as the database gives `uid`
    const editor = editorByUid.get(post.editorUid) ?? null;
    out.push(editor?.name);
  }
  return out;
}
