-- With which sign-in a session began: what was switched to from it ends with it. The first of a sign-in is its own.
alter table identity.session add column origin uuid;
update identity.session set origin = id;
alter table identity.session alter column origin set not null;
create index session_by_origin on identity.session (origin);
