create table users (id int primary key, name text not null);
create table posts (id int primary key, title text not null, "authorId" int not null, "editorId" int);
insert into users values (2, 'Bob'), (1, 'Ann');
insert into posts values (12, 'c', 1, 8), (10, 'a', 9, null), (11, 'b', 2, 1);
