package dev.portcullis.detect;

/** How bad: the order is meaningful. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
