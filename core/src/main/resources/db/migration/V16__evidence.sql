-- The register of custody: every evidence archive that was ever made, and who has made it why.
CREATE TABLE evidence_export (
  number BIGINT NOT NULL PRIMARY KEY,
  incident VARCHAR(64) NOT NULL,
  at BIGINT NOT NULL,
  collected_by VARCHAR(200) NOT NULL,
  requested_by VARCHAR(200) NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  file VARCHAR(4000) NOT NULL,
  bytes BIGINT NOT NULL,
  archive_sha256 VARCHAR(64) NOT NULL,
  manifest_sha256 VARCHAR(64) NOT NULL,
  exchanges BIGINT NOT NULL,
  gaps BIGINT NOT NULL,
  unproven BIGINT NOT NULL,
  subjects_in_clear INTEGER NOT NULL,
  tool VARCHAR(100) NOT NULL
);

CREATE INDEX evidence_export_incident ON evidence_export (incident);
