-- SQLite's dialect: the record of an incident is added to and never edited.
CREATE TRIGGER incident_kept BEFORE DELETE ON incident
BEGIN
  SELECT RAISE(ABORT, 'incidents are never deleted');
END;

CREATE TRIGGER incident_signal_kept BEFORE DELETE ON incident_signal
BEGIN
  SELECT RAISE(ABORT, 'signals of an incident are never deleted');
END;

CREATE TRIGGER incident_signal_unchanged BEFORE UPDATE ON incident_signal
BEGIN
  SELECT RAISE(ABORT, 'signals of an incident are never changed');
END;

CREATE TRIGGER incident_timeline_kept BEFORE DELETE ON incident_timeline
BEGIN
  SELECT RAISE(ABORT, 'a timeline is append-only: nothing is deleted');
END;

CREATE TRIGGER incident_timeline_unchanged BEFORE UPDATE ON incident_timeline
BEGIN
  SELECT RAISE(ABORT, 'a timeline is append-only: nothing is changed');
END;
