create table customers (id bigint primary key, name text not null);
create table orders (id bigint primary key, total numeric(10, 2) not null, "customerId" bigint);
insert into customers values (9007199254740993, 'Big'), (9007199254740992, 'Bigger'), (3, 'None');
insert into orders values
  (4, 10.50, 9007199254740993), (2, 0.10, 9007199254740992), (3, 7.00, null), (1, 5.25, 9007199254740993), (5, 1.00, 77);
