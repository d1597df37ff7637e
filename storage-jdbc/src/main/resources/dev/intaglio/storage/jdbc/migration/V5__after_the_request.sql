-- What comes after a Credential Request: transactions that wait, what wallets tell, what is told to others.

create table intaglio_deferred_transaction (
    handle                text   not null primary key, -- a hash
    authorization_id      text   not null,
    subject               text   not null,
    client_id             text,
    configuration_id      text   not null,
    credential_identifier text,
    holder_keys           text   not null, -- JSON array, in the order of the proofs
    dpop_key              text,            -- null: the access token was bound to none
    encryption_key        text,            -- null: the response was not to be encrypted
    awaiting              text   not null,
    decision              text   not null,
    created_at            bigint not null,
    expires_at            bigint not null
);
create index intaglio_deferred_transaction_expiry on intaglio_deferred_transaction (expires_at);
create index intaglio_deferred_transaction_open on intaglio_deferred_transaction (decision, awaiting, created_at);

-- Kept as long as issuances are.
create table intaglio_notification (
    id               text   not null primary key, -- issuance/event
    configuration_id text   not null,
    issuance_id      text   not null,
    event            text   not null,
    description      text,
    received_at      bigint not null
);
create index intaglio_notification_time on intaglio_notification (received_at);

-- What other systems are still to be told.
create table intaglio_outgoing_event (
    id              text   not null primary key,
    target          text   not null,
    body            text   not null,
    attempts        bigint not null,
    next_attempt_at bigint not null,
    expires_at      bigint not null
);
create index intaglio_outgoing_event_due on intaglio_outgoing_event (next_attempt_at);
create index intaglio_outgoing_event_expiry on intaglio_outgoing_event (expires_at);

-- How many credentials of a type a subject got in one of the times its definition counts by.
create table intaglio_issued_count (
    id         text   not null primary key, -- a hash of type, subject and time
    issued     bigint not null,
    expires_at bigint not null
);
create index intaglio_issued_count_expiry on intaglio_issued_count (expires_at);
