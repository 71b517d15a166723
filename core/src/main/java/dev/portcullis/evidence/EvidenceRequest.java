package dev.portcullis.evidence;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An export that is asked for.
 *
 * @param incident its id
 * @param reason why; it stands in the chain of custody
 * @param collectedBy who answers for it: the digital evidence first responder (ISO/IEC 27037)
 * @param requestedBy who is logged in
 * @param to the file to write, which must not be there yet; empty: one in the state directory
 * @param withSubjects whether data subjects are named in clear
 */
public record EvidenceRequest(
    String incident,
    String reason,
    String collectedBy,
    String requestedBy,
    Optional<Path> to,
    boolean withSubjects) {}
