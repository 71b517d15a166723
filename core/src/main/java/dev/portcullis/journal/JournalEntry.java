package dev.portcullis.journal;

/**
 * A recorded exchange.
 *
 * @param sequence its place, from 0, without holes
 */
public record JournalEntry(long sequence, Exchange exchange) {}
