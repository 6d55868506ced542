// queries: 15 → 3
import { Company, Post, User } from './models';

export async function run() {
  const posts = await Post.find().sort({ title: 1 }).lean();
  const lines: string[] = [];
  const authors = await User.find({ _id: { $in: posts.flatMap((post) => post.author ?? []) } }).lean();
  const authorById = new Map(authors.map((author) => [String(author._id), author]));
  const companies = await Company.find({ _id: { $in: authors.flatMap((author) => author.company ?? []) } }).lean();
  const companyById = new Map(companies.map((company) => [String(company._id), company]));
  for (const post of posts) {
    // safe: 2 queries of each turn become as many for all turns
    const author = authorById.get(String(post.author)) ?? null;
    const company = companyById.get(String(author?.company)) ?? null;
    lines.push([post.title, author?.name, company?.name, company?.country].join('|'));
  }
  return lines;
}
