-- How many wrong codes were given since the last right one where the member is known: by a device, or inside.
alter table identity.totp add column wrong_where_known int not null default 0;
