-- SQLite's dialect: the history of orders is never deleted, and an order changes only by ending.
CREATE TRIGGER containment_order_kept BEFORE DELETE ON containment_order
BEGIN
  SELECT RAISE(ABORT, 'containment orders are never deleted');
END;

CREATE TRIGGER containment_order_unchanged
BEFORE UPDATE OF number, kind, target, incident, author, reason, created_at, expires_at
ON containment_order
BEGIN
  SELECT RAISE(ABORT, 'a containment order is never changed, only ended');
END;

CREATE TRIGGER containment_event_kept BEFORE DELETE ON containment_event
BEGIN
  SELECT RAISE(ABORT, 'the history of containment orders is never deleted');
END;

CREATE TRIGGER containment_event_unchanged BEFORE UPDATE ON containment_event
BEGIN
  SELECT RAISE(ABORT, 'the history of containment orders is never changed');
END;
