-- SQLite's dialect: the register of custody is added to and never edited.
CREATE TRIGGER evidence_export_kept BEFORE DELETE ON evidence_export
BEGIN
  SELECT RAISE(ABORT, 'the register of custody is append-only: nothing is deleted');
END;

CREATE TRIGGER evidence_export_unchanged BEFORE UPDATE ON evidence_export
BEGIN
  SELECT RAISE(ABORT, 'the register of custody is append-only: nothing is changed');
END;
