package dev.portcullis.journal;

/**
 * How much of a response was read for data subjects: promise 4 asks that what could not be known is
 * named.
 */
public enum Observation {
  /** Nothing personal was expected there. */
  NOT_EXPECTED,
  /** All of it. */
  COMPLETE,
  /** Its first part: the response was longer than the limit, or broke off. */
  PARTIAL,
  /** None of it: in a format or coding that is not read. */
  UNREADABLE
}
