package dev.portcullis.recover;

/**
 * A recovery point with all that its manifest tells.
 *
 * @param expected what it must hold
 */
record StoredPoint(RecoveryPoint point, Manifest manifest, Content expected) {}
