create table users (id int primary key, name text not null, email text not null unique, "managerId" int);
create table profiles (id int primary key, bio text, "userId" int not null unique);
create table categories (id int primary key, slug text not null unique, "deletedAt" timestamptz);
create table posts (
  id int primary key, title text not null, price numeric(10, 2), status text not null, "authorId" int, editor_id int, "categoryId" int
);
create table comments (id bigint primary key, body text not null, "postId" int not null, "userId" int, "deletedAt" timestamptz);
create table orders (id bigint primary key, country text not null, "placedOn" date not null);
create table order_lines (id int primary key, "orderId" bigint not null, sku text not null, quantity int not null);
create table prices (sku text not null, country text not null, amount numeric(10, 2) not null, primary key (sku, country));

insert into users values
  (3, 'Cid', 'cid@example.com', 1), (1, 'Ann', 'ann@example.com', null), (4, 'Dan', 'dan@example.com', 9), (2, 'Bob', 'bob@example.com', 1);
insert into profiles values (21, 'builder', 2), (20, null, 1);
insert into categories values (2, 'news', null), (1, 'art', null), (3, 'old', '2024-01-02T03:04:05Z');
insert into posts values
  (13, 'z', 10.50, 'published', 1, 2, 2), (11, 'k', null, 'draft', 1, null, 3), (12, 'a', 0.10, 'published', 2, 1, 1),
  (14, 'n', 1.00, 'published', null, 9, null), (15, 'd', 2.00, 'draft', 9, null, 9), (16, 'a', 3.00, 'published', 2, 2, 2);
insert into comments values
  (9007199254740993, 'late', 13, 2, null), (3, 'first', 13, 1, null), (2, 'gone', 13, null, '2024-01-02T03:04:05Z'),
  (5, 'huh', 12, 9, null), (4, 'ok', 12, 2, null), (6, 'hm', 11, 3, '2024-02-02T00:00:00Z');
insert into orders values (9007199254740995, 'DE', '2024-03-01'), (9007199254740993, 'US', '2024-03-02'), (7, 'FR', '2024-03-01');
insert into order_lines values
  (3, 9007199254740995, 'nut', 4), (1, 9007199254740993, 'bolt', 2), (2, 9007199254740995, 'bolt', 1), (4, 9007199254740993, 'gear', 1), (5, 7, 'nut', 3);
insert into prices values ('nut', 'DE', 0.10), ('bolt', 'US', 0.30), ('bolt', 'DE', 0.20), ('nut', 'FR', 10.50), ('nut', 'US', 0.15);
