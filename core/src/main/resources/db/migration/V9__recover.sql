-- Every order to restore, from the moment it was given; times are epoch milliseconds.
CREATE TABLE restore_run (
  number BIGINT PRIMARY KEY,
  asset TEXT NOT NULL,
  incident TEXT,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  -- the report as JSON; absent while it runs, or if it failed or was cut off
  report TEXT,
  failure TEXT
);
