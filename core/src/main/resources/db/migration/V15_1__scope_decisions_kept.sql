-- SQLite's dialect: what a person decided is never changed, only decided anew.
CREATE TRIGGER scope_decision_kept BEFORE DELETE ON scope_decision
BEGIN
  SELECT RAISE(ABORT, 'decisions on pivots are never deleted');
END;

CREATE TRIGGER scope_decision_unchanged BEFORE UPDATE ON scope_decision
BEGIN
  SELECT RAISE(ABORT, 'a decision on a pivot is never changed, only made anew');
END;

CREATE TRIGGER scope_pivot_kept BEFORE DELETE ON scope_pivot
BEGIN
  SELECT RAISE(ABORT, 'pivots are never deleted');
END;
