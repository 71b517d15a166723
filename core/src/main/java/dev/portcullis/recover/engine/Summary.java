package dev.portcullis.recover.engine;

/**
 * What one backup did.
 *
 * @param snapshot its id, or at least the beginning of it
 * @param files looked at
 * @param bytes looked at
 * @param added bytes that were not there yet, before compression
 * @param packed the same after compression, as they were uploaded
 */
public record Summary(String snapshot, long files, long bytes, long added, long packed) {}
