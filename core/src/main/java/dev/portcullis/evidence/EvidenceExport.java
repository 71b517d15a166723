package dev.portcullis.evidence;

import java.time.Instant;

/**
 * An archive that was made, as the register of custody holds it.
 *
 * @param id such as {@code EVD-1}
 * @param collectedBy who answers for it
 * @param requestedBy who was logged in
 * @param file where it was written to
 * @param bytes its length
 * @param sha256 of the whole file, hexadecimal
 * @param manifestSha256 of its {@code manifest.json}, hexadecimal
 * @param exchanges in it
 * @param gaps in it
 * @param unproven records in it that the journal's tree does not vouch for: altered, or not under a
 *     checkpoint
 * @param tool that made it, with its version
 */
public record EvidenceExport(
    String id,
    String incident,
    Instant at,
    String collectedBy,
    String requestedBy,
    String reason,
    String file,
    long bytes,
    String sha256,
    String manifestSha256,
    long exchanges,
    long gaps,
    long unproven,
    boolean subjectsInClear,
    String tool) {}
