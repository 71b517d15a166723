-- How each backup into each destination went; times are epoch milliseconds.
CREATE TABLE backup_run (
  number BIGINT PRIMARY KEY,
  asset TEXT NOT NULL,
  destination TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL,
  -- of the asset; of them new, before and after compression; 0 where it failed
  bytes BIGINT NOT NULL,
  added BIGINT NOT NULL,
  packed BIGINT NOT NULL,
  failure TEXT
);
CREATE INDEX backup_run_of ON backup_run (asset, destination, number);
