-- Since when everybody in an organisation needs a second step; absent where each decides for themselves.
alter table identity.organization add column second_step_since timestamptz;

-- Whoever has to make their second step before they may come in is shown its secret between the steps: sealed, for that one sign-in.
alter table identity.second_step add column secret bytea;

-- Who made an organisation: the Free plan is for one of each person's.
alter table identity.organization add column founder uuid references identity.member (id);
create index organization_by_founder on identity.organization (founder);
update identity.organization o set founder = (
    select ms.member from identity.membership ms
    where ms.organization = o.id and ms.role = 'ORG_ADMIN' order by ms.since, ms.member limit 1)
where o.plan = 'FREE';
