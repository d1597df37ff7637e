-- Claims change after they were issued; people are forgotten.
alter table intaglio_issuance add column stale_at bigint; -- null: nobody said the claims had changed
create index intaglio_issuance_subject on intaglio_issuance (tenant, subject);
