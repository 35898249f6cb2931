-- Since when it is known that a member reads the mailbox of the account: an invitation that was passed on by hand proves nothing. Who was
-- there before is taken at their word.
alter table identity.member add column email_proved_at timestamptz;
update identity.member set email_proved_at = created_at;
