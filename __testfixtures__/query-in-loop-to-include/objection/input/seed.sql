create table users (id int primary key, name text not null, email text not null unique, "teamId" int);
create table posts (id int primary key, title text not null, price numeric(10, 2), "authorId" int, published boolean not null);
create table comments (id int primary key, "postId" int not null, "userId" int, body text not null);
create table reviews ("postId" int not null, "userId" int not null, stars int not null, primary key ("postId", "userId"));
create table tags (id int primary key, label text not null);
create table "postTags" ("postId" int not null, "tagId" int not null, primary key ("postId", "tagId"));
create table accounts (id bigint primary key, owner text not null, balance numeric(12, 2) not null);
create table transfers (id int primary key, "accountId" bigint, amount numeric(12, 2) not null);
insert into users values (3, 'Cid', 'cid@example.com', null), (1, 'Ann', 'ann@example.com', 7), (2, 'Bob', 'bob@example.com', 7);
insert into posts values
  (13, 'z', 10.50, 1, true), (11, 'k', null, 1, false), (12, 'a', 0.10, 2, true),
  (14, 'n', 1.00, null, true), (15, 'd', 2.00, 9, true), (16, 'k', 10.50, 1, true);
insert into comments values
  (23, 13, 2, 'third'), (21, 13, 1, 'first'), (22, 12, null, 'alone'), (24, 11, 9, 'lost'), (25, 13, 2, 'first');
insert into reviews values (13, 2, 4), (12, 1, 5), (13, 1, 1);
insert into tags values (2, 'b'), (1, 'a'), (3, 'c');
insert into "postTags" values (13, 2), (13, 1), (12, 1), (15, 3);
insert into accounts values (9007199254740993, 'big', 10.50), (9007199254740992, 'near', 0.10), (5, 'small', 0.00);
insert into transfers values (1, 9007199254740993, 1.10), (2, 5, 2.00), (3, null, 0.50), (4, 9007199254740992, 7.00), (5, 77, 1.00);
