-- Access tokens that were asked for in a dialect.
create table intaglio_dialect_token (
    tenant     text   not null,
    token_hash text   not null,
    dialect    text   not null,
    expires_at bigint not null,
    primary key (tenant, token_hash)
);
create index intaglio_dialect_token_expiry on intaglio_dialect_token (expires_at);
