create table users (id int primary key, name text not null, email text unique, manager_id int);
create table posts (
  id int primary key, title text not null, author_id int, is_published boolean not null, created_at timestamp not null
);
create table comments (id bigint primary key, post_id int not null, author_email text, body text not null);
create table orders (id bigint primary key, user_id int not null, currency text not null, placed_at timestamp not null);
create table order_lines (
  id int primary key, order_id bigint not null, sku text not null, price numeric(10, 2), quantity int not null
);
create table prices (sku text, currency text, amount numeric(10, 2) not null, primary key (sku, currency));
create table teams (id int primary key, name text not null);
create table memberships (user_id int, team_id int, role text not null, primary key (user_id, team_id));
create table audit_log (id int primary key generated always as identity, line text not null);

insert into users values
  (3, 'Cid', 'cid@example.com', 1), (1, 'Ann', 'ann@example.com', null),
  (2, 'Bob', null, 1), (4, 'Dee', 'dee@example.com', 77);
insert into posts values
  (13, 'z', 1, true, '2024-01-03 10:00:00.123456'), (11, 'k', 1, true, '2024-01-01'), (12, 'a', 2, false, '2024-01-02'),
  (14, 'n', null, true, '2024-01-01'), (15, 'd', 99, true, '2024-02-01'), (16, 'a', 1, false, '2023-12-31'),
  (10, 'm', 1, true, '2024-01-01');
insert into comments values
  (9007199254740993, 13, 'ann@example.com', 'first'), (9007199254740992, 13, null, 'second'),
  (5, 11, 'cid@example.com', 'third'), (7, 11, 'gone@example.com', 'fourth'), (6, 13, 'ann@example.com', 'fifth');
insert into orders values
  (9007199254740993, 1, 'EUR', '2024-01-02 03:04:05'), (9007199254740992, 2, 'USD', '2024-01-01 00:00:00'),
  (8, 1, 'USD', '2024-01-02 03:04:05'), (9, 99, 'CHF', '2024-01-05 00:00:00');
insert into order_lines values
  (4, 9007199254740993, 'b', 10.50, 1), (2, 9007199254740993, 'a', 0.10, 3), (3, 8, 'a', null, 1),
  (1, 9007199254740992, 'c', 1.00, 2), (5, 9007199254740993, 'b', 10.50, 2);
insert into prices values ('a', 'EUR', 0.10), ('a', 'USD', 0.20), ('b', 'EUR', 10.50), ('c', 'EUR', 3.00);
insert into teams values (2, 'Web'), (1, 'Ops'), (3, 'Empty');
insert into memberships values (1, 2, 'lead'), (1, 1, 'member'), (2, 2, 'member'), (4, 9, 'member');
