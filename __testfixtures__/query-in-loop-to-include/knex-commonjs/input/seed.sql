create table users (id int primary key, name text not null, role_id int, is_active boolean not null);
create table roles (id int primary key, title text not null, archived boolean not null);
create table orders (id int primary key, user_id int, total numeric(10, 2) not null, status text not null);
create table order_lines (id int primary key, order_id int not null, sku text not null, quantity int not null);
create table stock (sku text not null, warehouse text not null, amount int not null);
insert into roles values (2, 'editor', false), (1, 'admin', false), (4, 'old', true);
insert into users values (3, 'Cid', null, true), (1, 'Ann', 1, true), (2, 'Bob', 2, false), (5, 'Eve', 9, true), (4, 'Dan', 4, true), (6, 'Fay', 2, true);
insert into orders values
  (103, 1, 10.50, 'paid'), (101, 1, 0.10, 'open'), (102, 2, 20.00, 'paid'), (104, null, 5.00, 'paid'), (105, 77, 1.00, 'open'), (106, 6, 0.10, 'paid');
insert into order_lines values (3, 103, 'nut', 2), (1, 103, 'bolt', 1), (2, 101, 'nut', 5), (4, 102, 'gone', 1), (5, 106, 'bolt', 9);
insert into stock values ('nut', 'west', 4), ('bolt', 'west', 0), ('nut', 'east', 7), ('nail', 'west', 1);
