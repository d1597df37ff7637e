-- Answers of the admin interface, for those who ask twice with one Idempotency-Key.
create table intaglio_idempotent_answer (
    tenant     text   not null,
    id         text   not null, -- a hash of caller and key
    request    text   not null, -- a hash
    status     bigint not null, -- 0: being answered
    headers    text   not null, -- JSON object
    body       bytea  not null, -- encrypted under a key made of the Idempotency-Key
    expires_at bigint not null,
    primary key (tenant, id)
);
create index intaglio_idempotent_answer_expiry on intaglio_idempotent_answer (expires_at);
