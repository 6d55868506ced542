create table suppliers (id uuid primary key, name text not null, "parentId" uuid);
create table products (id int primary key, code text not null unique, price numeric(10, 2), "supplierId" uuid, "deletedAt" timestamptz);
create table reviews (id int primary key, "productId" int not null, stars int not null, "userId" int, text text);
create table customers (id int primary key, name text not null, "referrerId" int);
insert into suppliers values
  ('00000000-0000-4000-8000-00000000000b', 'Bolt & Co', null),
  ('00000000-0000-4000-8000-00000000000a', 'Acme', '00000000-0000-4000-8000-00000000000b');
insert into products values
  (3, 'nut', 10.50, '00000000-0000-4000-8000-00000000000a', null), (1, 'bolt', 0.10, '00000000-0000-4000-8000-00000000000a', null),
  (2, 'cog', null, null, null), (4, 'gear', 2.00, '00000000-0000-4000-8000-00000000000f', null),
  (5, 'belt', 7.00, '00000000-0000-4000-8000-00000000000b', '2024-01-02T03:04:05Z');
insert into customers values (8, 'Hal', null), (7, 'Gus', 8), (9, 'Ida', 7);
insert into reviews values
  (14, 3, 5, 8, 'z'), (11, 3, 5, 7, 'k'), (12, 1, 2, 8, null), (15, 4, 1, 99, 'd'), (13, 3, 4, null, 'a'), (16, 5, 3, 7, 'b');
