-- Whose mailboxes may be invited; absent: anybody's.
alter table identity.organization add column invitation_domains text[];
