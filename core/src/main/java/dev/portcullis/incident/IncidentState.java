package dev.portcullis.incident;

/** The lifecycle after NIST SP 800-61r3. */
public enum IncidentState {
  DETECTED,
  TRIAGED,
  DISMISSED,
  CONTAINED,
  ERADICATED,
  RECOVERED,
  REVIEWED,
  CLOSED
}
