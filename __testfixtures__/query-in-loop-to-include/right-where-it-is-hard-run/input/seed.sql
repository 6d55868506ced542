create table users (id int primary key, name text not null, email text not null unique);
create table posts (id int primary key, title text not null, kind text not null, "authorId" int not null);
create table profiles (id int primary key, bio text not null, "userId" int not null unique);

-- Cid has no posts, and 14 is of somebody who has left.
insert into users values (2, 'Bob', 'bob@x.io'), (1, 'Ann', 'ann@x.io'), (3, 'Cid', 'cid@x.io');
insert into posts values
  (13, 'Sails', 'live', 1), (11, 'Sails', 'draft', 1), (12, 'Bread', 'live', 2), (14, 'Rumours', 'live', 9);
insert into profiles values (21, 'Writes about boats', 1), (20, 'Bakes', 2);
