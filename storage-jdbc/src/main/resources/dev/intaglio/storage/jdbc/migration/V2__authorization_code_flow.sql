-- The authorization code flow. Truth is 1 or 0: a type for it the two databases do not share.

create table intaglio_authorization_request (
    reference_hash       text   not null primary key,
    parameters           text   not null, -- as a form
    client_authenticated bigint not null,
    usable_until         bigint not null, -- by its reference
    expires_at           bigint not null
);
create index intaglio_authorization_request_expiry on intaglio_authorization_request (expires_at);

-- One that outlives its request can be completed no more.
create table intaglio_interaction (
    interaction_hash text   not null primary key,
    reference_hash   text   not null,
    expires_at       bigint not null
);
create index intaglio_interaction_expiry on intaglio_interaction (expires_at);

create table intaglio_authorization_code (
    code_hash             text   not null primary key,
    authorization_id      text   not null,
    subject               text   not null,
    client_id             text   not null,
    scopes                text   not null, -- JSON array
    authorization_details text   not null, -- JSON array
    client_authenticated  bigint not null,
    redirect_uri          text   not null,
    code_challenge        text,            -- null: the request had none
    dpop_key              text,            -- null: bound to no key
    redeemed              bigint not null,
    usable_until          bigint not null,
    expires_at            bigint not null  -- from when on a second use is not noticed
);
create index intaglio_authorization_code_expiry on intaglio_authorization_code (expires_at);

create table intaglio_refresh_token (
    token_hash            text   not null primary key,
    authorization_id      text   not null,
    subject               text   not null,
    client_id             text   not null,
    scopes                text   not null, -- JSON array
    authorization_details text   not null, -- JSON array
    client_authenticated  bigint not null,
    dpop_key              text,            -- null: bound to no key
    instance_key          text,            -- null: instances of the client are not told apart
    replaced              bigint not null,
    expires_at            bigint not null
);
create index intaglio_refresh_token_expiry on intaglio_refresh_token (expires_at);

create table intaglio_revocation (
    authorization_id text   not null primary key,
    expires_at       bigint not null -- when all that came of the authorization has expired
);
create index intaglio_revocation_expiry on intaglio_revocation (expires_at);
