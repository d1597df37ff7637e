-- By what else credentials are found again, and the attestations they rest on.
alter table intaglio_issuance add column offer text;                -- null: of no offer
alter table intaglio_issuance add column deferred_transaction text; -- null: issued at once
alter table intaglio_issuance add column attestations text;         -- JSON array; null: none with a status
create index intaglio_issuance_offer on intaglio_issuance (tenant, offer);
create index intaglio_issuance_deferred_transaction on intaglio_issuance (tenant, deferred_transaction);

alter table intaglio_deferred_transaction add column origin text; -- JSON; null: begun before this was kept

create table intaglio_issuance_attestation (
    tenant      text   not null,
    issuance_id text   not null,
    reference   text   not null, -- a hash
    issued_at   bigint not null,
    primary key (tenant, issuance_id, reference)
);
create index intaglio_issuance_attestation_reference on intaglio_issuance_attestation (tenant, reference);
create index intaglio_issuance_attestation_time on intaglio_issuance_attestation (issued_at);

-- Attestations whose status is looked at again.
create table intaglio_watched_attestation (
    tenant        text   not null,
    reference     text   not null, -- a hash
    status        text   not null, -- JSON
    watched_until bigint not null, -- when the last credential ends that rests on it
    issuances     bigint not null, -- so many named it so far
    looked_at     bigint not null,
    found         text   not null, -- NOTHING, SUSPENDED, REVOKED
    primary key (tenant, reference)
);
create index intaglio_watched_attestation_due on intaglio_watched_attestation (looked_at);
create index intaglio_watched_attestation_expiry on intaglio_watched_attestation (watched_until);
