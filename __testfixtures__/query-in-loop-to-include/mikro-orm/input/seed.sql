create table users (id int primary key, name text not null, email text not null unique);
create table posts (id int primary key, title text not null, price numeric(10, 2), published boolean not null, author_id int);
create table comments (id int primary key, body text not null, post_id int not null, user_id int);
create table reviews (post_id int not null, user_id int not null, stars int not null, primary key (post_id, user_id));
create table accounts (id bigint primary key, owner text not null);
create table transfers (id int primary key, account_id bigint, amount numeric(12, 2) not null);
create table notes (id int primary key, text text not null, user_id int not null, deleted_at timestamptz);
insert into users values (3, 'Cid', 'cid@example.com'), (1, 'Ann', 'ann@example.com'), (2, 'Bob', 'bob@example.com');
insert into posts values
  (13, 'z', 10.50, true, 1), (11, 'k', null, false, 1), (12, 'a', 0.10, true, 2),
  (14, 'n', 1.00, true, null), (15, 'd', 2.00, true, 9), (16, 'k', 10.50, true, 1);
insert into comments values
  (23, 'third', 13, 2), (21, 'first', 13, 1), (22, 'alone', 12, null), (24, 'lost', 11, 3), (25, 'first', 13, 2);
insert into reviews values (13, 2, 4), (12, 1, 5), (13, 1, 1);
insert into accounts values (9007199254740993, 'big'), (9007199254740992, 'near'), (5, 'small');
insert into transfers values (1, 9007199254740993, 1.10), (2, 5, 2.00), (3, null, 0.50), (4, 9007199254740992, 7.00), (5, 77, 1.00);
insert into notes values (2, 'second', 1, null), (1, 'first', 1, null), (3, 'gone', 1, '2024-01-02'), (4, 'other', 2, null);
