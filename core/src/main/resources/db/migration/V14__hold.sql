-- Legal holds on incidents: what they need is kept until they are released or have run out.
CREATE TABLE incident_hold (
  number BIGINT NOT NULL PRIMARY KEY,
  incident BIGINT NOT NULL REFERENCES incident (number),
  placed_at BIGINT NOT NULL,
  placed_by VARCHAR(200) NOT NULL,
  reason VARCHAR(4000) NOT NULL,
  until_at BIGINT,
  released_at BIGINT,
  released_by VARCHAR(200),
  release_reason VARCHAR(4000)
);

CREATE INDEX incident_hold_incident ON incident_hold (incident);
