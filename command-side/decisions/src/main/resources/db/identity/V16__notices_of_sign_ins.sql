-- Which recorded sign-in a notice tells of, as the store has it: opaque ids, and names sealed. Who denies the notice denies that.
alter table identity.notice add column attempt jsonb;
alter table identity.notice add column got_in boolean;
-- When the denial was recorded for detection to hear; that may have to wait.
alter table identity.notice add column heard_at timestamptz;
create index notice_unheard on identity.notice (denied_at) where attempt is not null and denied_at is not null and heard_at is null;
