-- An index that begins with the tenant offers itself for every question about a tenant. Before a table was analysed the planner takes
-- the offer, and walks all of an organisation's attacks for each attack it looks for.
alter table views.finding drop constraint finding_pk;
alter table views.finding add constraint finding_pk primary key (id, tenant);
alter table views.attack drop constraint attack_pk;
alter table views.attack add constraint attack_pk primary key (id, tenant);
alter table views.attack_entity drop constraint attack_entity_pk;
alter table views.attack_entity add constraint attack_entity_pk primary key (series, tenant, kind, role, entity);
alter table views.incident drop constraint incident_pk;
alter table views.incident add constraint incident_pk primary key (id, tenant);
alter table views.incident_entity drop constraint incident_entity_pk;
alter table views.incident_entity add constraint incident_entity_pk primary key (incident, tenant, kind, role, entity);
alter table views.rule drop constraint rule_pk;
alter table views.rule add constraint rule_pk primary key (id, tenant);

-- [jooq ignore start]
-- Allowances are few, and every judgement asks for them.
create index rule_allowed on views.rule (tenant, low, high) where action = 'ALLOW' and lifted_at is null;
-- [jooq ignore stop]
