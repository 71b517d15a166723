package dev.portcullis.recover;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;

/**
 * A state an asset can be brought back to.
 *
 * @param id such as {@code clinic-database/20261124T101500Z}
 * @param at the state it holds
 * @param place the file at the offsite destination, or the names of the destinations that have it
 * @param bytes of the file, or of what was kept
 * @param content digest over the asset's content (not over the file), hexadecimal
 */
public record RecoveryPoint(
    String id,
    String asset,
    Instant at,
    // reports of earlier versions say file
    @JsonAlias("file") String place,
    long bytes,
    String content) {}
