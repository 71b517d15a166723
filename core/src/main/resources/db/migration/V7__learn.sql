-- Post-mortem drafts; a later one supersedes, the earlier stay.
CREATE TABLE post_mortem (
  incident VARCHAR(64) NOT NULL,
  revision INTEGER NOT NULL,
  drafted_at BIGINT NOT NULL,
  markdown TEXT NOT NULL,
  PRIMARY KEY (incident, revision)
);
