import { relations } from 'drizzle-orm';
import {
  bigint,
  boolean,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

export const users = pgTable('users', {
  id: integer().primaryKey(),
  name: text().notNull(),
  email: text().unique(),
  managerId: integer('manager_id'),
});

export const posts = pgTable('posts', {
  id: integer().primaryKey(),
  title: text().notNull(),
  authorId: integer('author_id'),
  isPublished: boolean('is_published').notNull(),
  createdAt: timestamp('created_at').notNull(),
});

export const comments = pgTable('comments', {
  id: bigint({ mode: 'bigint' }).primaryKey(),
  postId: integer('post_id').notNull(),
  authorEmail: text('author_email'),
  body: text().notNull(),
});

export const orders = pgTable('orders', {
  id: bigint({ mode: 'bigint' }).primaryKey(),
  userId: integer('user_id').notNull(),
  currency: text().notNull(),
  placedAt: timestamp('placed_at', { mode: 'string' }).notNull(),
});

export const orderLines = pgTable('order_lines', {
  id: integer().primaryKey(),
  orderId: bigint('order_id', { mode: 'bigint' }).notNull(),
  sku: text().notNull(),
  price: numeric({ precision: 10, scale: 2 }),
  quantity: integer().notNull(),
});

export const prices = pgTable(
  'prices',
  {
    sku: text().notNull(),
    currency: text().notNull(),
    amount: numeric({ precision: 10, scale: 2 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.sku, table.currency] })],
);

export const teams = pgTable('teams', {
  id: integer().primaryKey(),
  name: text().notNull(),
});

export const memberships = pgTable(
  'memberships',
  {
    userId: integer('user_id').notNull(),
    teamId: integer('team_id').notNull(),
    role: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.teamId] })],
);

export const auditLog = pgTable('audit_log', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  line: text().notNull(),
});

export const usersRelations = relations(users, ({ one, many }) => ({
  manager: one(users, { fields: [users.managerId], references: [users.id] }),
  posts: many(posts),
  orders: many(orders),
}));

export const postsRelations = relations(posts, ({ one, many }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id] }),
  comments: many(comments),
}));

export const commentsRelations = relations(comments, ({ one }) => ({
  post: one(posts, { fields: [comments.postId], references: [posts.id] }),
}));

export const ordersRelations = relations(orders, ({ one, many }) => ({
  user: one(users, { fields: [orders.userId], references: [users.id] }),
  lines: many(orderLines),
}));

export const orderLinesRelations = relations(orderLines, ({ one }) => ({
  order: one(orders, { fields: [orderLines.orderId], references: [orders.id] }),
}));
