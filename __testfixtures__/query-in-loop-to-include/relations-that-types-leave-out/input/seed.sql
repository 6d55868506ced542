create table users (id int primary key, name text not null);
create table posts (id int primary key, title text not null, "authorId" int);
insert into users values (1, 'Ann'), (2, 'Bob'), (3, 'Cid');
insert into posts values (13, 'z', 1), (11, 'k', 1), (12, 'a', 2), (14, 'n', null), (15, 'd', 9);
