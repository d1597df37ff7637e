-- What happened in issuances, for operators to look into: the flight recorder's. No secret and no claim is in it.

create table intaglio_trace_step (
    tenant      text   not null,
    id          text   not null,
    recorded_at bigint not null,
    names       text   not null, -- hashes, joined by spaces
    offers      text   not null, -- hashes, joined by spaces
    body        text   not null, -- JSON
    expires_at  bigint not null,
    primary key (tenant, id)
);
create index intaglio_trace_step_expiry on intaglio_trace_step (expires_at);

-- By which names a step is found.
create table intaglio_trace_name (
    tenant     text   not null,
    name       text   not null, -- a hash
    step_id    text   not null,
    expires_at bigint not null,
    primary key (tenant, name, step_id)
);
create index intaglio_trace_name_expiry on intaglio_trace_name (expires_at);
create index intaglio_trace_name_step on intaglio_trace_name (step_id);
