-- Which of the issuer's keys signs. Keys nobody has said anything of are used as the configuration has them.
create table intaglio_key_state (
    tenant  text   not null,
    key_use text   not null,
    kid     text   not null,
    state   text   not null, -- NEXT, ACTIVE, RETIRED, GONE
    since   bigint not null,
    primary key (tenant, key_use, kid)
);
create unique index intaglio_key_state_active on intaglio_key_state (tenant, key_use) where state = 'ACTIVE';
