-- Since when there has been no room for them in their organisation's plan; absent while there is. Whoever asks whether a session or a
-- key stands reads it with the row, so that no request has to count.
alter table identity.membership add column beyond_since timestamptz;
alter table identity.service_account add column beyond_since timestamptz;
