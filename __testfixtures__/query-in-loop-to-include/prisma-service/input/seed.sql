create table users (id int primary key, name text not null);
create table posts (id serial primary key, title text not null, "authorId" int not null references users);
create table comments (id int primary key, text text not null, "postId" int not null references posts);
insert into users values (1, 'Ann'), (2, 'Bob');
insert into posts values (12, 'Knots', 1), (10, 'Bread', 2), (11, 'Sails', 1);
insert into comments values (7, 'How?', 11), (5, 'Nice', 10), (6, 'Tasty', 10);
