-- Incidents, the signals they were made of, and their timelines. Nothing here is ever deleted.
CREATE TABLE incident (
  number BIGINT NOT NULL PRIMARY KEY,
  state VARCHAR(20) NOT NULL,
  severity VARCHAR(20) NOT NULL,
  title VARCHAR(400) NOT NULL,
  opened_at BIGINT NOT NULL,
  detected_at BIGINT NOT NULL,
  last_signal_at BIGINT NOT NULL,
  credential VARCHAR(400),
  account VARCHAR(400),
  source VARCHAR(400),
  route VARCHAR(400)
);

CREATE TABLE incident_signal (
  id VARCHAR(400) NOT NULL PRIMARY KEY,
  incident BIGINT NOT NULL REFERENCES incident (number),
  ordinal INTEGER NOT NULL,
  detector VARCHAR(100) NOT NULL,
  at BIGINT NOT NULL,
  severity VARCHAR(20) NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  credential VARCHAR(400),
  account VARCHAR(400),
  source VARCHAR(400),
  route VARCHAR(400),
  summary VARCHAR(4000) NOT NULL,
  evidence TEXT NOT NULL,
  owasp VARCHAR(100) NOT NULL,
  attack VARCHAR(100) NOT NULL,
  UNIQUE (incident, ordinal)
);

CREATE INDEX incident_signal_credential ON incident_signal (credential);
CREATE INDEX incident_signal_account ON incident_signal (account);
CREATE INDEX incident_signal_source ON incident_signal (source);
CREATE INDEX incident_signal_route ON incident_signal (route);

CREATE TABLE incident_timeline (
  incident BIGINT NOT NULL REFERENCES incident (number),
  sequence INTEGER NOT NULL,
  at BIGINT NOT NULL,
  author VARCHAR(200) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  text VARCHAR(4000) NOT NULL,
  PRIMARY KEY (incident, sequence)
);
