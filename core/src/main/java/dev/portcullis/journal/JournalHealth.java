package dev.portcullis.journal;

import java.util.Optional;

/**
 * Whether the journal can record.
 *
 * @param failure why it can't, if it can't
 * @param lost exchanges that were not recorded since the start
 * @param waiting exchanges in the queue
 */
public record JournalHealth(Optional<String> failure, long lost, int waiting) {}
