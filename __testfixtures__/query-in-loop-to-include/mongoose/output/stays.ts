import { Comment, Company, Loan, Member, Post, Price, User, Visit } from './models';

/** A document that is saved belongs to one turn. */
export async function tagAuthors() {
  const posts = await Post.find().sort({ title: 1 });
  for (const post of posts) {
    // report: `author.save` writes rows of `User` in a turn
    const author = await User.findById(post.author);
    if (author === null) continue;
    author.tags.push(post.title);
    await author.save();
  }
}

export async function latestOfEach() {
  const users = await User.find().lean();
  const titles: string[] = [];
  for (const user of users) {
    // report: takes the first row by its order
    const latest = await Post.findOne({ author: user._id }).sort({ _id: -1 }).lean();
    // report: its step `limit` limits the rows
    const some = await Post.find({ author: user._id }).sort({ title: 1 }).limit(2);
    // report: its option `limit` limits the rows
    const others = await Post.find({ author: user._id }, 'title', { limit: 2, skip: 1 });
    titles.push(String(latest?.title), ...some.map(({ title }) => title), ...others.map(({ title }) => title));
  }
  return titles;
}

/** One id that is none leaves the other turns as they are. */
export async function namesOrErrors(ids: string[]) {
  const names: string[] = [];
  for (const id of ids) {
    try {
      // report: An error of the query is caught in each turn
      const user = await User.findById(id);
      names.push(user?.name ?? 'nobody');
    } catch {
      names.push('no id');
    }
  }
  return names;
}

export async function companiesOrErrors() {
  const users = await User.find();
  for (const user of users) {
    // report: `findById` refuses where there is no row
    const company = await Company.findById(user.company).orFail();
    console.log(company.name);
  }
}

/** What rows have is not what they were found by: a setter changed it, or a getter does. */
export async function membersOf() {
  const visits = await Visit.find().lean();
  const names: (string | undefined)[] = [];
  for (const visit of visits) {
    // report: a setter changes what `email` is compared with
    const byEmail = await Member.findOne({ email: visit.email });
    // report: a getter changes what rows have in `name`
    const byName = await Member.findOne({ name: visit.name });
    // report: rows do not have `apiKey`
    const byKey = await User.findOne({ apiKey: visit.apiKey });
    // report: it leaves out `email`
    const other = await User.findOne({ email: visit.email }).select('-email');
    names.push(byEmail?.name ?? byName?.name ?? byKey?.name ?? other?.name);
  }
  return names;
}

/** A list has several values, of which a lookup knows none. */
export async function tagged() {
  const visits = await Visit.find().lean();
  let number = 0;
  for (const visit of visits) {
    // report: `tags` is a list
    const users = await User.find({ tags: visit.tag }).lean();
    // report: `_id` is compared with a list of its own in each turn
    const viewers = await User.find({ _id: { $in: visit.viewers } }).lean();
    number += users.length + viewers.length;
  }
  return number;
}

export async function notOneComparison(category: string) {
  const users = await User.find();
  for (const user of users) {
    // report: and no comparison of one column with one value
    const either = await Post.find({ $or: [{ author: user._id }, { category }] });
    const filter = { author: user._id };
    // report: its conditions are not written where it is called
    const opaque = await Post.find(filter);
    // report: its conditions are built by `where`
    const built = await Post.where('author').equals(user._id).findOne();
    // report: its step `where` is not understood
    const chained = await Post.findOne().where('author', user._id);
    // report: a pipeline of its own
    const [sum] = await Price.aggregate([{ $match: { product: user._id } }, { $group: { _id: null, of: { $sum: '$amount' } } }]);
    // report: `distinct` gives values
    const categories = await Post.distinct('category', { author: user._id });
    console.log(either.length, opaque.length, built?.title, chained?.title, sum, categories);
  }
}

/** It gives an id, which is more than true. */
export async function firstPosts() {
  const users = await User.find();
  return Promise.all(
    users.map(async (user) => {
      // report: it gives the id of a document
      const post = await Post.exists({ author: user._id });
      return post?._id;
    }),
  );
}

/** An aggregation would compare the text with ids. */
export async function countsOf(ids: string[]) {
  const counts: Record<string, number> = {};
  for (const id of ids) {
    // report: an aggregation does not cast `id`
    counts[id] = await Post.countDocuments({ author: id });
  }
  return counts;
}

/** The limit of what is populated is one for all documents. */
export async function threads() {
  const posts = await Post.find();
  for (const post of posts) {
    // report: `options` of what it populates may be about all rows together
    const users = await User.find({ name: post.category }).populate({ path: 'posts', options: { limit: 2 } });
    console.log(post.title, users.length);
  }
}

/** Documents are changed, which turns would share. */
export async function mark() {
  const comments = await Comment.find();
  for (const comment of comments) {
    // report: would share one object
    const post = await Post.findById(comment.post);
    if (post !== null) post.title = `${post.title}: ${comment.text}`;
    console.log(post?.title);
  }
}

export async function asMember() {
  const visits = await Visit.find().sort({ _id: 1 });
  const members = await Member.find({ _id: { $in: visits.flatMap((visit) => visit.member ?? []) } });
  const memberById = new Map(members.map((member) => [String(member._id), member]));
  for (const visit of visits) {
    // review: `pre find`, `pre findOne` of `Member` give the same rows for all turns as for each
    const member = memberById.get(String(visit.member)) ?? null;
    console.log(visit.name, member?.email);
  }
}

/** A populated document stands where the id was. */
export async function populated() {
  const posts = await Post.find().populate('author');
  for (const post of posts) {
    // report: `post.author` is a document, which was populated
    const author = await User.findById(post.author);
    console.log(post.title, author?.name);
  }
}

/** Rows have a document where the turn asked for an id. */
export async function ofEachPost() {
  const posts = await Post.find();
  for (const post of posts) {
    // report: `post` of the rows is populated
    const comments = await Comment.find({ post: post._id }).populate('post');
    // report: `pre find` of `Loan` may populate `book`
    const loans = await Loan.find({ book: post._id }).sort({ days: 1 });
    console.log(comments.length, loans.length);
  }
}

/** Rows are seen with one property more. */
export async function guests() {
  const visits = await Visit.find({ email: { $exists: true } });
  return Promise.all(
    visits.map(async (visit) => ({
      at: visit.at,
      // report: The rows have to be asked for with `email` too
      user: await User.findOne({ email: visit.email }, { name: 1, _id: 0 }).lean(),
    })),
  );
}

/** Groups have values that are no ids where rows have ids. */
export async function groups() {
  const sums = await Post.aggregate<{ _id: string; of: number }>([
    { $group: { _id: '$category', of: { $sum: 1 } } },
  ]);
  const users = await User.find({ _id: { $in: sums.map((sum) => sum._id) } }).lean();
  const userById = new Map(users.map((user) => [String(user._id), user]));
  for (const sum of sums) {
    // review: `sum._id` is a text of 24 small letters and figures
    const user = userById.get(String(sum._id)) ?? null;
    console.log(sum.of, user?.name);
  }
}

export async function populateSome() {
  const comments = await Comment.find();
  for (const comment of comments) {
    // report: it populates more than one relation as it is
    await comment.populate([{ path: 'author', select: 'name' }, { path: 'post' }]);
    console.log(comment.author);
  }
}
