-- Credential Offers with the authorization code grant, by their issuer_state.
create table intaglio_offered_authorization (
    state_hash        text   not null primary key,
    subject           text,            -- null: whoever signs in may take it up
    configuration_ids text   not null, -- JSON array
    single_use        bigint not null,
    expires_at        bigint not null
);
create index intaglio_offered_authorization_expiry on intaglio_offered_authorization (expires_at);

-- Remembered until it expires, so that its client can be told when somebody opens it again.
alter table intaglio_authorization_request add column completed bigint not null default 0;
