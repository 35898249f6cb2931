-- How many wrong codes strangers gave since the last right one, wherever that was given: the wait counts its own.
alter table identity.totp add column wrong_of_strangers int not null default 0;
