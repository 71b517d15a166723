-- Anchor facts, bitemporal: happened_at is when it was in the world, recorded_at and superseded_at
-- are when we believed it. Nothing is overwritten.
CREATE TABLE obligation_fact (
  incident VARCHAR(64) NOT NULL,
  fact VARCHAR(64) NOT NULL,
  revision INTEGER NOT NULL,
  happened_at BIGINT NOT NULL,
  decided_by VARCHAR(256) NOT NULL,
  evidence TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  superseded_at BIGINT,
  PRIMARY KEY (incident, fact, revision)
);

-- What the rules need to know of the incident's last scope.
CREATE TABLE obligation_scope (
  incident VARCHAR(64) PRIMARY KEY,
  document TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);

-- Clocks as computed; a changed fact or scope supersedes, the old deadline and its reason stay.
CREATE TABLE obligation_clock (
  incident VARCHAR(64) NOT NULL,
  rule VARCHAR(64) NOT NULL,
  revision INTEGER NOT NULL,
  state VARCHAR(32) NOT NULL,
  document TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  superseded_at BIGINT,
  PRIMARY KEY (incident, rule, revision)
);

CREATE TABLE obligation_submission (
  incident VARCHAR(64) NOT NULL,
  rule VARCHAR(64) NOT NULL,
  notice VARCHAR(64) NOT NULL,
  submitted_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (incident, rule, notice)
);
