-- Credentials of the configured accounts: of an API key only a keyed hash, of a password only an
-- Argon2id hash. Times are epoch milliseconds.
create table credential (
  id varchar(160) primary key,
  account varchar(128) not null,
  kind varchar(16) not null check (kind in ('api-key', 'password')),
  hash varchar(256) not null,
  created_at bigint not null,
  expires_at bigint
);

create index credential_account on credential (account);

-- People who may use the console.
create table console_user (
  name varchar(128) primary key,
  role varchar(32) not null,
  hash varchar(256) not null,
  created_at bigint not null
);
