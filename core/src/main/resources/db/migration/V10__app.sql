-- How far detection has read: signals of entries before this were handed on.
CREATE TABLE detection_position (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  next_sequence BIGINT NOT NULL
);
