-- A member names the device they forget; its hash is nobody's business.
alter table identity.device add column id uuid not null default gen_random_uuid();
create unique index device_by_id on identity.device (id);
