-- How many runs of playbooks did something in a month of UTC, and how much of the plan's number its administrators were told is used.
create table identity.runs_of_month (
    organization uuid     not null,
    month        date     not null,
    runs         bigint   not null,
    told         smallint not null default 0, -- per cent
    primary key (organization, month)
);
grant select, insert, update on identity.runs_of_month to velvet_identity;
