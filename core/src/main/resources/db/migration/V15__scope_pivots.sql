-- Edges from an incident to what is tied to it, and what persons decided on them. A pivot that is no
-- longer proposed stays; each decision is kept, the last counts.
CREATE TABLE scope_pivot (
  incident VARCHAR(64) NOT NULL,
  number BIGINT NOT NULL,
  edge VARCHAR(500) NOT NULL,
  proposed INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (incident, number)
);

CREATE TABLE scope_decision (
  incident VARCHAR(64) NOT NULL,
  number BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  accepted INTEGER NOT NULL,
  author VARCHAR(200) NOT NULL,
  at BIGINT NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  PRIMARY KEY (incident, sequence),
  FOREIGN KEY (incident, number) REFERENCES scope_pivot (incident, number)
);
