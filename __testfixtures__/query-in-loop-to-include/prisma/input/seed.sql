create table users (id int primary key, name text not null, email text not null unique, "managerId" int);
create table profiles (id int primary key, bio text not null, "userId" int not null unique);
create table categories (id int primary key, slug text not null unique);
create table posts (
  id int primary key, title text not null, published boolean not null, price numeric(10, 2),
  "authorId" int, "categoryId" int not null
);
create table comments (id bigint primary key, body text not null, likes int not null, "postId" int not null, "authorEmail" text);
create table tags (id int primary key, name text not null);
create table "_PostToTag" ("A" int not null, "B" int not null, primary key ("A", "B"));
create table teams (id text primary key, name text not null);
create table memberships ("userId" int not null, "teamId" text not null, role text not null, primary key ("userId", "teamId"));
create table audit_entries (id serial primary key, message text not null);

-- Bob is first in the table, nobody reports to Dan, and Eve reports to somebody who has left.
insert into users values
  (2, 'Bob', 'bob@example.com', 1),
  (1, 'Ann', 'ann@example.com', null),
  (3, 'Cid', 'cid@example.com', 1),
  (5, 'Eve', 'eve@example.com', 99),
  (4, 'Dan', 'dan@example.com', 2);
insert into profiles values (21, 'Writes about boats', 1), (20, 'Bakes', 3);
insert into categories values (3, 'travel'), (1, 'news'), (2, 'food'), (4, 'empty');
-- 14 has no author, and the author of 15 is gone. 11 and 13 have the same title.
insert into posts values
  (13, 'Sails', true, 10.50, 1, 3),
  (11, 'Sails', true, null, 1, 1),
  (12, 'Bread', false, 0.10, 2, 2),
  (16, 'Anchors', false, 3.00, 1, 3),
  (14, 'Rumours', true, 1.00, null, 1),
  (15, 'Notes', true, 2.00, 9, 1);
insert into comments values
  (9007199254740993, 'Lovely', 3, 13, 'bob@example.com'),
  (9007199254740992, 'Hm', 1, 13, null),
  (3, 'First', 3, 11, 'bob@example.com'),
  (5, 'Lost', 0, 77, 'zoe@example.com'),
  (4, 'Tasty', 2, 12, 'ann@example.com');
insert into tags values (2, 'wind'), (1, 'sea'), (3, 'unused');
insert into "_PostToTag" values (13, 2), (13, 1), (11, 1);
insert into teams values ('t2', 'Kitchen'), ('t1', 'Harbour');
insert into memberships values (1, 't1', 'owner'), (2, 't1', 'member'), (2, 't2', 'owner'), (3, 't2', 'member');
