package dev.portcullis.recover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a restore did, measured.
 *
 * @param id such as {@code RST-1}
 * @param before the moment before which the recovery point had to lie
 * @param target the file restored into
 * @param live whether that is the asset itself
 * @param recoveryPoint data lost: from the recovery point to the moment the breach began
 * @param recoveryTime from the order to restore to verified content
 * @param verified by content: the digest of what was restored equals the recovery point's
 * @param checks what was compared, in words
 * @param safetyCopy of the live asset as it was before
 */
public record RestoreReport(
    String id,
    String asset,
    Optional<String> incident,
    RecoveryPoint point,
    Instant before,
    Instant startedAt,
    String target,
    boolean live,
    Duration recoveryPoint,
    Duration recoveryTime,
    boolean verified,
    List<String> checks,
    Optional<String> safetyCopy) {}
