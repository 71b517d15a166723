-- Every determination of an incident's scope is kept: a later one supersedes, never overwrites.
CREATE TABLE scope_determination (
  incident VARCHAR(64) NOT NULL,
  revision INTEGER NOT NULL,
  computed_at BIGINT NOT NULL,
  journal_end BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (incident, revision)
);
