-- Status of credentials after they were issued. Numbers of changes and publications come from a clock that only counts.

create table intaglio_status_clock (
    tenant      text   not null primary key,
    changed     bigint not null,
    published   bigint not null,
    holder      text   not null, -- who publishes
    lease_until bigint not null
);

create table intaglio_status_list (
    tenant       text   not null,
    id           text   not null,
    number       bigint not null, -- the first, the second, ... of the tenant
    size         bigint not null,
    order_key    bytea  not null, -- a secret: the order in which indices are given away
    reserved     bigint not null, -- so many are
    changed      bigint not null,
    published    bigint not null, -- the change that was published last
    resources    text   not null, -- which documents were published
    published_at bigint not null,
    primary key (tenant, id)
);
create unique index intaglio_status_list_number on intaglio_status_list (tenant, number);

-- The states of indices that follow each other, two bits each. Without a row all are valid.
create table intaglio_status_page (
    tenant  text   not null,
    list_id text   not null,
    page    bigint not null,
    states  bytea  not null,
    version bigint not null,
    primary key (tenant, list_id, page)
);

create table intaglio_status_operation (
    tenant       text   not null,
    id           text   not null,
    verb         text   not null,
    selector     text   not null, -- JSON
    reason       text   not null,
    actor        text   not null,
    requested_at bigint not null,
    due_at       bigint not null,
    phase        text   not null,
    matched      bigint not null,
    changed      bigint not null,
    primary key (tenant, id)
);
create index intaglio_status_operation_time on intaglio_status_operation (tenant, requested_at);
create index intaglio_status_operation_due on intaglio_status_operation (tenant, phase, due_at);

-- Which indices an operation made a difference to: two bytes each, or a bit for each index of the page.
create table intaglio_status_change (
    tenant       text   not null,
    operation_id text   not null,
    list_id      text   not null,
    page         bigint not null,
    entries      bytea  not null,
    primary key (tenant, operation_id, list_id, page)
);

-- Signed lists, ready to be sent.
create table intaglio_published_status (
    tenant     text   not null,
    list_id    text   not null,
    resource   text   not null,
    number     bigint not null,
    latest     bigint not null, -- 1, or 0 if it was replaced
    media_type text   not null,
    content    bytea  not null,
    issued_at  bigint not null,
    expires_at bigint not null,
    primary key (tenant, list_id, resource, number)
);
create index intaglio_published_status_number on intaglio_published_status (tenant, number);

-- By what credentials are found again. The indices stand in the record that is written anyway.
alter table intaglio_issuance add column status_list text;
alter table intaglio_issuance add column status_indices text; -- numbers with spaces between them
alter table intaglio_issuance add column client_id text;
alter table intaglio_issuance add column wallet_instance text;
alter table intaglio_issuance add column wallet_provider text;
alter table intaglio_issuance add column attested_keys text; -- thumbprints with spaces around them
create index intaglio_issuance_authorization on intaglio_issuance (authorization_id);
create index intaglio_issuance_wallet_instance on intaglio_issuance (wallet_instance);
