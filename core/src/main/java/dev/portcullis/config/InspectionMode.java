package dev.portcullis.config;

/** What is done about injected code. YAML: {@code off}, {@code observe}, {@code refuse}. */
public enum InspectionMode {
  OFF,
  OBSERVE,
  REFUSE
}
