-- How many events an organisation has sent on a day of UTC, with what processes have taken ahead.
create table identity.events_of_day (
    organization uuid   not null,
    day          date   not null,
    events       bigint not null,
    primary key (organization, day)
);
