-- One script for SQLite and PostgreSQL: text, bigint and bytea are types of the one, and names that the other takes as they are.
-- Points in time are milliseconds since 1970-01-01T00:00Z. Keys are hashes or random.

-- Credential Offers handed out by reference, encrypted under a key that only the reference holds.
create table intaglio_offer (
    handle     text   not null primary key,
    content    bytea  not null,
    expires_at bigint not null
);
create index intaglio_offer_expiry on intaglio_offer (expires_at);

create table intaglio_pre_authorized_code (
    code_hash         text   not null primary key,
    authorization_id  text   not null,
    subject           text   not null,
    configuration_ids text   not null, -- JSON array
    tx_code_hash      text,            -- null: no Transaction Code is asked for
    attempts_left     bigint not null,
    expires_at        bigint not null
);
create index intaglio_pre_authorized_code_expiry on intaglio_pre_authorized_code (expires_at);

-- What may be used once, by what kind of thing it is: c_nonces, and the identifiers of proofs.
create table intaglio_used_value (
    value     text   not null primary key, -- kind/hash
    forget_at bigint not null
);
create index intaglio_used_value_expiry on intaglio_used_value (forget_at);

-- Not indexed by time: it is written on every issuance and searched only when old records are removed.
create table intaglio_issuance (
    id               text   not null primary key,
    authorization_id text   not null,
    configuration_id text   not null,
    subject          text   not null,
    credentials      bigint not null,
    issued_at        bigint not null
);

-- Values all nodes must share, such as the key of self-contained nonces.
create table intaglio_secret (
    name  text  not null primary key,
    value bytea not null
);
