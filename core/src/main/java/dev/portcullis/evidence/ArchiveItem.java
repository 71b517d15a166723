package dev.portcullis.evidence;

/**
 * One file of an archive.
 *
 * @param sha256 hexadecimal
 * @param description for people
 */
record ArchiveItem(String name, long bytes, String sha256, String description) {}
