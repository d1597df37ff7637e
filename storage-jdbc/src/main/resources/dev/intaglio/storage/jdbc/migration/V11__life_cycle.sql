-- The issuance log, leases, and what is remembered of issuances for it.

-- What happened and has no place in the log yet. Written in the transaction of what happened, under random keys.
create table intaglio_log_event (
    tenant      text   not null,
    id          text   not null,
    kind        text   not null,
    body        text   not null, -- JSON object
    happened_at bigint not null,
    primary key (tenant, id)
);
create index intaglio_log_event_order on intaglio_log_event (tenant, happened_at);

-- The log. Its rows are never changed.
create table intaglio_log_record (
    tenant       text   not null,
    record_index bigint not null,
    event_id     text   not null,
    kind         text   not null,
    happened_at  bigint not null,
    record       text   not null, -- as it is hashed
    leaf         bytea  not null, -- its hash
    primary key (tenant, record_index)
);
create unique index intaglio_log_record_event on intaglio_log_record (tenant, event_id);
create index intaglio_log_record_kind on intaglio_log_record (tenant, kind, record_index) where kind <> 'issued';

-- Hashes over 256, 65 536, … records, so that a proof need not read all of them.
create table intaglio_log_node (
    tenant     text   not null,
    level      bigint not null,
    node_index bigint not null,
    hash       bytea  not null,
    primary key (tenant, level, node_index)
);

create table intaglio_log_checkpoint (
    tenant     text   not null,
    size       bigint not null,
    peaks      text   not null, -- JSON array: the hashes to go on from
    last_leaf  bytea  not null,
    jwt        text   not null,
    created_at bigint not null,
    primary key (tenant, size)
);

-- Work that one node at a time does.
create table intaglio_lease (
    tenant     text   not null,
    name       text   not null,
    holder     text   not null,
    expires_at bigint not null,
    primary key (tenant, name)
);

alter table intaglio_issuance add column signing_key text;   -- null: issued before this was kept
alter table intaglio_issuance add column valid_until bigint;
alter table intaglio_issuance add column log_salt bytea;     -- null: the log does not know of it
