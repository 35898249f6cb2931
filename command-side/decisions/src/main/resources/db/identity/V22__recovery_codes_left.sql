-- How many recovery codes were left when one was used.
alter table identity.notice add column codes_left int;
