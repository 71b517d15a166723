package dev.portcullis.recover;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A state an asset can be brought back to.
 *
 * @param id such as {@code clinic-database/20261124T101500Z}
 * @param at the state it holds
 * @param file at the offsite destination
 * @param bytes of the file
 * @param content digest over the asset's content (not over the file), hexadecimal
 */
public record RecoveryPoint(
    String id, String asset, Instant at, Path file, long bytes, String content) {}
