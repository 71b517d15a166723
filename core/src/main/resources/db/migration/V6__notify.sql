-- Notices and, from APPROVED on, the outbox: what is in it is sent until it is taken.
CREATE TABLE notice (
  number INTEGER PRIMARY KEY,
  incident VARCHAR(64) NOT NULL,
  rule VARCHAR(64) NOT NULL,
  recipient VARCHAR(256) NOT NULL,
  email VARCHAR(320) NOT NULL,
  subject VARCHAR(998) NOT NULL,
  body TEXT NOT NULL,
  missing TEXT NOT NULL,
  revision INTEGER NOT NULL,
  state VARCHAR(16) NOT NULL,
  approved_by VARCHAR(256),
  approved_at BIGINT,
  message_id VARCHAR(256),
  attempts INTEGER NOT NULL,
  next_attempt_at BIGINT,
  last_error TEXT,
  sent_at BIGINT,
  reply TEXT,
  sha256 VARCHAR(64),
  -- 1: the obligation and the timeline were told of the dispatch
  reported INTEGER NOT NULL,
  UNIQUE (incident, rule, recipient)
);

CREATE INDEX notice_outbox ON notice (state, next_attempt_at);

-- Texts that a newer revision of a draft replaced.
CREATE TABLE notice_revision (
  number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  subject VARCHAR(998) NOT NULL,
  body TEXT NOT NULL,
  replaced_at BIGINT NOT NULL,
  PRIMARY KEY (number, revision)
);
