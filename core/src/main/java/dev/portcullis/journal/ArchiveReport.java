package dev.portcullis.journal;

/**
 * What archiving has done.
 *
 * @param segments that became files of the archive
 * @param records in them
 * @param segmentBytes they took before
 * @param archiveBytes they take now, without the leaf hashes, which stay as they are
 * @param waiting sealed segments that are not old enough yet
 */
public record ArchiveReport(
    int segments, long records, long segmentBytes, long archiveBytes, int waiting) {}
