-- SQLite's dialect: a hold is placed once and released once.
CREATE TRIGGER incident_hold_kept BEFORE DELETE ON incident_hold
BEGIN
  SELECT RAISE(ABORT, 'legal holds are never deleted');
END;

CREATE TRIGGER incident_hold_unchanged BEFORE UPDATE ON incident_hold
WHEN OLD.released_at IS NOT NULL OR NEW.number <> OLD.number OR NEW.incident <> OLD.incident
  OR NEW.placed_at <> OLD.placed_at OR NEW.placed_by <> OLD.placed_by
  OR NEW.reason <> OLD.reason OR NEW.until_at IS NOT OLD.until_at
BEGIN
  SELECT RAISE(ABORT, 'a legal hold is released, and otherwise never changed');
END;
