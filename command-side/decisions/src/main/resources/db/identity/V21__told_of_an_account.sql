-- When whoever took an invitation up without an account was told that its mailbox has one; absent where that did not happen.
alter table identity.invitation add column told_at timestamptz;
