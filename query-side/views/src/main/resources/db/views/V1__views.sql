

-- [jooq ignore start]
-- Part of every PostgreSQL, and trusted: the owner of a database may add it.
create extension if not exists pg_trgm with schema public;
-- [jooq ignore stop]

-- How far each organisation's events have been taken in; what comes again at or below it is left out.
create table views.story_progress (
    tenant uuid not null,
    position bigint not null,
    constraint story_progress_pk primary key (tenant)
);

create table views.traffic_progress (
    tenant uuid not null,
    position bigint not null,
    constraint traffic_progress_pk primary key (tenant)
);

-- Where an index serves a key and not a list, the key comes before the tenant: an index on the tenant first offers itself for every
-- question about a tenant, and before a table was analysed the planner takes the offer. Text is varchar, which is the same in PostgreSQL, because the code generator cannot index text. Indexes whose names begin with "read_" serve questions only; a rebuild makes them last.

-- Findings -------------------------------------------------------------------------------------

create table views.finding (
    tenant uuid not null,
    id uuid not null,
    series uuid not null,
    position bigint not null,
    incident uuid,
    severity smallint not null,
    stage smallint not null,
    engine varchar not null,
    rule varchar not null,
    rule_version int not null,
    title varchar not null,
    score double precision not null,
    explanation varchar not null,
    first_at timestamp with time zone not null,
    last_at timestamp with time zone not null,
    reached_at timestamp with time zone not null,
    recorded_at timestamp with time zone not null,
    events bigint not null,
    evidence uuid[] not null,
    techniques jsonb not null,
    why jsonb not null,
    -- Opened names: whoever erases a principal scrubs it here, in attack_entity and in incident_entity, by entity id.
    entities jsonb not null,
    constraint finding_pk primary key (tenant, id)
);
create index finding_series on views.finding (series, tenant, position);
create index finding_incident on views.finding (incident, tenant, series, position);

-- One row a series: its latest finding.
create table views.attack (
    tenant uuid not null,
    id uuid not null,
    position bigint not null,
    finding uuid not null,
    first_at timestamp with time zone not null,
    last_at timestamp with time zone not null,
    severity smallint not null,
    stage smallint not null,
    engine varchar not null,
    rule varchar not null,
    title varchar not null,
    source varchar,
    source_id varchar,
    user_name varchar,
    user_id varchar,
    users int not null,
    host varchar,
    events bigint not null,
    outcome varchar not null,
    incident uuid,
    history boolean not null,
    simulated boolean not null,
    country varchar,
    city varchar,
    latitude double precision,
    longitude double precision,
    accuracy_km int,
    asn bigint,
    as_organization varchar,
    geo_data varchar,
    origin varchar not null,
    search varchar not null,
    constraint attack_pk primary key (tenant, id)
);
create index attack_incident on views.attack (incident, tenant);
create index read_attack_feed on views.attack (tenant, last_at desc, id desc);
create index read_attack_severity on views.attack (tenant, severity, last_at desc, id desc);
create index read_attack_outcome on views.attack (tenant, outcome, last_at desc, id desc);
create index read_attack_stage on views.attack (tenant, stage, last_at desc, id desc);
create index read_attack_engine on views.attack (tenant, engine, last_at desc, id desc);
create index read_attack_origin on views.attack (tenant, origin, last_at desc);
create index read_attack_position on views.attack (tenant, position);
-- [jooq ignore start]
create index read_attack_search on views.attack using gin (search gin_trgm_ops);
-- [jooq ignore stop]

-- Everyone and everything a series is about. "address" is sixteen bytes that compare in order, IPv4 as ::ffff:a.b.c.d.
create table views.attack_entity (
    tenant uuid not null,
    series uuid not null,
    kind varchar not null,
    role varchar not null,
    entity varchar not null,
    name varchar not null,
    address uuid,
    position bigint not null,
    constraint attack_entity_pk primary key (tenant, series, kind, role, entity)
);
create index attack_entity_address on views.attack_entity (address, tenant);
create index read_attack_entity_name on views.attack_entity (name, tenant, kind);
create index read_attack_entity_entity on views.attack_entity (entity, tenant, kind);

-- Roll-ups of attack, by the hour of latest activity.
create table views.attack_hour (
    tenant uuid not null,
    at timestamp with time zone not null,
    severity smallint not null,
    stage smallint not null,
    engine varchar not null,
    outcome varchar not null,
    attacks bigint not null,
    constraint attack_hour_pk primary key (tenant, at, severity, stage, engine, outcome)
);

create table views.origin_hour (
    tenant uuid not null,
    at timestamp with time zone not null,
    origin varchar not null,
    severity smallint not null,
    stage smallint not null,
    attacks bigint not null,
    events bigint not null,
    constraint origin_hour_pk primary key (tenant, at, origin, severity, stage)
);

create table views.actor_hour (
    tenant uuid not null,
    at timestamp with time zone not null,
    kind varchar not null,
    entity varchar not null,
    severity smallint not null,
    attacks bigint not null,
    events bigint not null,
    constraint actor_hour_pk primary key (tenant, kind, at, entity, severity)
);

-- Events that findings rest on, by the minute of the finding's latest evidence.
create table views.attack_minute (
    tenant uuid not null,
    at timestamp with time zone not null,
    events bigint not null,
    constraint attack_minute_pk primary key (tenant, at)
);

-- Incidents ------------------------------------------------------------------------------------

create table views.incident (
    tenant uuid not null,
    id uuid not null,
    number bigint not null,
    position bigint not null,
    version bigint not null,
    title varchar not null,
    severity smallint not null,
    stage smallint not null,
    stages smallint[] not null,
    opened_at timestamp with time zone not null,
    last_at timestamp with time zone not null,
    recorded_at timestamp with time zone not null,
    findings bigint not null,
    events bigint not null,
    assignee uuid,
    acknowledged_at timestamp with time zone,
    resolved boolean not null,
    disposition varchar,
    merged_into uuid,
    -- Every known source is blocked until then.
    contained_until timestamp with time zone,
    history boolean not null,
    simulated boolean not null,
    constraint incident_pk primary key (tenant, id)
);
create index read_incident_list on views.incident (tenant, last_at desc, id desc);
create index read_incident_number on views.incident (tenant, number);
create index read_incident_position on views.incident (tenant, position);
create index read_incident_recorded on views.incident (tenant, recorded_at);

create table views.incident_entity (
    tenant uuid not null,
    incident uuid not null,
    kind varchar not null,
    role varchar not null,
    entity varchar not null,
    name varchar not null,
    address uuid,
    position bigint not null,
    constraint incident_entity_pk primary key (tenant, incident, kind, role, entity)
);
create index incident_entity_address on views.incident_entity (address, tenant);

-- What was decided and said about an incident.
create table views.incident_entry (
    tenant uuid not null,
    event varchar not null,
    incident uuid not null,
    position bigint not null,
    at timestamp with time zone not null,
    kind varchar not null,
    title varchar not null,
    detail varchar not null,
    actor varchar not null,
    constraint incident_entry_pk primary key (tenant, event)
);
create index read_incident_entry on views.incident_entry (tenant, incident, position);

-- Sources that someone should keep out, by their advice.
create table views.advice (
    tenant uuid not null,
    incident uuid not null,
    network varchar not null,
    at timestamp with time zone not null,
    history boolean not null,
    constraint advice_pk primary key (tenant, incident, network)
);
create index read_advice on views.advice (tenant, at);

create table views.playbook_run (
    tenant uuid not null,
    id uuid not null,
    incident uuid not null,
    playbook varchar not null,
    version int not null,
    at timestamp with time zone not null,
    constraint playbook_run_pk primary key (tenant, id)
);

create table views.playbook_step (
    tenant uuid not null,
    run uuid not null,
    step varchar not null,
    target varchar not null,
    incident uuid not null,
    position bigint not null,
    state varchar not null,
    rule uuid,
    at timestamp with time zone not null,
    actor varchar not null,
    detail varchar not null,
    constraint playbook_step_pk primary key (tenant, run, step, target)
);
create index read_playbook_step on views.playbook_step (tenant, incident);

-- Defence --------------------------------------------------------------------------------------

create table views.rule (
    tenant uuid not null,
    id uuid not null,
    position bigint not null,
    action varchar not null,
    network varchar not null,
    -- First and last address of the network, in the form of attack_entity.address.
    low uuid not null,
    high uuid not null,
    until timestamp with time zone,
    reason varchar not null,
    incident uuid,
    actor varchar not null,
    at timestamp with time zone not null,
    lifted_at timestamp with time zone,
    lifted_by varchar,
    lift_reason varchar,
    constraint rule_pk primary key (tenant, id)
);
create index rule_low on views.rule (low, tenant);
-- [jooq ignore start]
create index rule_ranges on views.rule (tenant, low, high) where low <> high;
create index read_rule_unlifted on views.rule (tenant, until) where lifted_at is null;
-- [jooq ignore stop]
create index read_rule_list on views.rule (tenant, at desc, id desc);
create index read_rule_incident on views.rule (tenant, incident);
create index read_rule_position on views.rule (tenant, position);

-- Traffic --------------------------------------------------------------------------------------

create table views.traffic_minute (
    tenant uuid not null,
    at timestamp with time zone not null,
    succeeded bigint not null,
    failed bigint not null,
    alerts bigint not null,
    constraint traffic_minute_pk primary key (tenant, at)
);

create table views.traffic_hour (
    tenant uuid not null,
    at timestamp with time zone not null,
    succeeded bigint not null,
    failed bigint not null,
    alerts bigint not null,
    constraint traffic_hour_pk primary key (tenant, at)
);
