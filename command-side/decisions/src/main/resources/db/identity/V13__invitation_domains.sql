-- Whose mailboxes may be invited; where there are none, anybody's.
alter table identity.organization add column invitation_domains text[] not null default '{}';
