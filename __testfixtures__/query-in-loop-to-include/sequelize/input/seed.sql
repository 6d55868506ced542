create table users (id int primary key, name text not null, email text not null unique, manager_id int);
create table posts (id int primary key, title text not null, price numeric(10, 2), status text not null, author_id int, editor_id int);
create table comments (id bigint primary key, post_id int not null, user_id int, body text not null, deleted_at timestamptz);
create table profiles (id int primary key, user_id int not null unique, bio text);
create table tags (id int primary key, name text not null unique);
create table post_tags (post_id int not null, tag_id int not null, primary key (post_id, tag_id));
create table orders (id bigint primary key, customer_id int not null, country text not null);
create table order_lines (id int primary key, order_id bigint not null, sku text not null, quantity int not null);
create table products (sku text primary key, name text not null, supplier_id int);
create table prices (sku text not null, country text not null, amount numeric(10, 2) not null, primary key (sku, country));
create table articles (id int primary key, title text not null, author_id int, published boolean not null, secret text);
create table accounts (id int primary key, user_id int not null, number text not null);

insert into users values (3, 'Cid', 'cid@example.com', 1), (1, 'Ann', 'ann@example.com', null), (4, 'Dan', 'dan@example.com', 9), (2, 'Bob', 'bob@example.com', 1);
insert into posts values
  (13, 'z', 10.50, 'published', 1, 2), (11, 'k', null, 'draft', 1, null), (12, 'a', 0.10, 'published', 2, 1),
  (14, 'n', 1.00, 'published', null, 9), (15, 'd', 2.00, 'draft', 9, null), (16, 'a', 3.00, 'published', 2, 2);
insert into comments values
  (9007199254740993, 13, 2, 'late', null), (3, 13, 1, 'first', null), (2, 13, null, 'gone', '2024-01-02T03:04:05Z'),
  (5, 12, 9, 'huh', null), (4, 12, 2, 'ok', null), (6, 11, 3, 'hm', '2024-02-02T00:00:00Z');
insert into profiles values (21, 2, 'builder'), (20, 1, null);
insert into tags values (2, 'news'), (1, 'art'), (3, 'old');
insert into post_tags values (13, 2), (13, 1), (12, 3);
insert into orders values (9007199254740995, 2, 'DE'), (9007199254740993, 1, 'US'), (7, 2, 'FR');
insert into order_lines values
  (3, 9007199254740995, 'nut', 4), (1, 9007199254740993, 'bolt', 2), (2, 9007199254740995, 'bolt', 1), (4, 9007199254740993, 'gear', 1), (5, 7, 'nut', 3);
insert into products values ('nut', 'Nut', 2), ('bolt', 'Bolt', null), ('cog', 'Cog', 1);
insert into prices values ('nut', 'DE', 0.10), ('bolt', 'US', 0.30), ('bolt', 'DE', 0.20), ('nut', 'FR', 10.50), ('nut', 'US', 0.15);
insert into articles values (33, 'three', 1, true, 'x'), (31, 'one', 1, false, 'y'), (32, 'two', 2, true, 'z'), (34, 'four', null, true, 'w');
insert into accounts values (42, 2, 'B-2'), (41, 1, 'A-1'), (43, 2, 'B-1');
