-- People who sign in with a password, where the operator keeps them here.
create table intaglio_user (
    name          text not null primary key,
    password_hash text not null, -- with the name of its algorithm in braces
    subject       text not null,
    display_name  text           -- null: called by the name
);
