-- Many Credential Issuers in one database. The main one has no name.

-- Where keys are random or hashes of random values they stay as they are: no other tenant can meet them, and no table
-- that may be large is written anew.
alter table intaglio_offer add column tenant text not null default '';
alter table intaglio_pre_authorized_code add column tenant text not null default '';
alter table intaglio_issuance add column tenant text not null default '';
alter table intaglio_authorization_request add column tenant text not null default '';
alter table intaglio_interaction add column tenant text not null default '';
alter table intaglio_authorization_code add column tenant text not null default '';
alter table intaglio_refresh_token add column tenant text not null default '';
alter table intaglio_revocation add column tenant text not null default '';
alter table intaglio_offered_authorization add column tenant text not null default '';
alter table intaglio_deferred_transaction add column tenant text not null default '';
alter table intaglio_notification add column tenant text not null default '';
alter table intaglio_outgoing_event add column tenant text not null default '';

drop index intaglio_deferred_transaction_open;
create index intaglio_deferred_transaction_open on intaglio_deferred_transaction (tenant, decision, awaiting, created_at);
create index intaglio_notification_latest on intaglio_notification (tenant, received_at);
create index intaglio_outgoing_event_of_tenant on intaglio_outgoing_event (tenant, next_attempt_at);

-- Where others choose what becomes the key, every tenant has keys of its own.
alter table intaglio_used_value rename to intaglio_used_value_of_main;
create table intaglio_used_value (
    tenant    text   not null,
    value     text   not null, -- kind/hash
    forget_at bigint not null,
    primary key (tenant, value)
);
insert into intaglio_used_value (tenant, value, forget_at) select '', value, forget_at from intaglio_used_value_of_main;
drop table intaglio_used_value_of_main;
create index intaglio_used_value_expiry on intaglio_used_value (forget_at);

alter table intaglio_secret rename to intaglio_secret_of_main;
create table intaglio_secret (
    tenant text  not null,
    name   text  not null,
    value  bytea not null,
    primary key (tenant, name)
);
insert into intaglio_secret (tenant, name, value) select '', name, value from intaglio_secret_of_main;
drop table intaglio_secret_of_main;

alter table intaglio_user rename to intaglio_user_of_main;
create table intaglio_user (
    tenant        text not null,
    name          text not null,
    password_hash text not null, -- with the name of its algorithm in braces
    subject       text not null,
    display_name  text,          -- null: called by the name
    primary key (tenant, name)
);
insert into intaglio_user (tenant, name, password_hash, subject, display_name)
    select '', name, password_hash, subject, display_name from intaglio_user_of_main;
drop table intaglio_user_of_main;

alter table intaglio_issued_count rename to intaglio_issued_count_of_main;
create table intaglio_issued_count (
    tenant     text   not null,
    id         text   not null, -- a hash of type, subject and time
    issued     bigint not null,
    expires_at bigint not null,
    primary key (tenant, id)
);
insert into intaglio_issued_count (tenant, id, issued, expires_at)
    select '', id, issued, expires_at from intaglio_issued_count_of_main;
drop table intaglio_issued_count_of_main;
create index intaglio_issued_count_expiry on intaglio_issued_count (expires_at);

create table intaglio_tenant (
    tenant     text   not null primary key,
    host       text   not null, -- empty: that of the main issuer
    path       text   not null, -- empty, or begins with a slash
    version    bigint not null, -- of the definition in force
    enabled    bigint not null,
    changes    bigint not null, -- grows with every change of the row
    admin_hash text   not null, -- of the token that opens its admin interface
    unique (host, path)
);

-- Definitions that were in force once, to go back to.
create table intaglio_tenant_version (
    tenant     text   not null,
    version    bigint not null,
    definition text   not null, -- JSON
    applied_at bigint not null,
    primary key (tenant, version)
);
