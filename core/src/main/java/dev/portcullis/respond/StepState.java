package dev.portcullis.respond;

/** How far a playbook's step is. */
public enum StepState {
  /** To be done, or begun and not recorded as done. */
  PENDING,
  /** Done. */
  DONE,
  /** Not done; the text says why. */
  FAILED
}
