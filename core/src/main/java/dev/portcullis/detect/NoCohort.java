package dev.portcullis.detect;

/** For detectors that compare a key with nobody. */
enum NoCohort {
  /** There is nothing in it. */
  NONE
}
