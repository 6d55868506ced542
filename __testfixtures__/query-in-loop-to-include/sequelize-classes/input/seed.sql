create table teams (id int primary key, name text not null, captain_id bigint);
create table players (id bigint primary key, name text not null unique, team_id int, rating numeric(6, 2));
create table scores (match_id int not null, player_id bigint not null, points int not null, primary key (match_id, player_id));
insert into teams values (3, 'Reds', 9007199254740993), (1, 'Blues', null), (2, 'Greens', 77);
insert into players values (9007199254740993, 'Ann', 3, 10.50), (12, 'Bob', 3, 0.10), (11, 'Cid', 1, null), (13, 'Dan', null, 7.00), (14, 'Eve', 9, 1.00);
insert into scores values (2, 12, 5), (1, 12, 3), (1, 9007199254740993, 8), (2, 11, 1);
