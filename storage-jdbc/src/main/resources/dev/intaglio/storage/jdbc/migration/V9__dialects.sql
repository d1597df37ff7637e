-- Who spoke what: counts, for the operator to know whom an older dialect still serves.
create table intaglio_dialect_use (
    tenant    text   not null,
    id        text   not null, -- a hash of the four that follow
    dialect   text   not null,
    client    text   not null, -- empty for anonymous wallets
    attester  text   not null,
    agent     text   not null,
    issuances bigint not null,
    refusals  bigint not null,
    first_at  bigint not null,
    last_at   bigint not null,
    primary key (tenant, id)
);
create index intaglio_dialect_use_latest on intaglio_dialect_use (last_at);
