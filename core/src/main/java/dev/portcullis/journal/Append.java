package dev.portcullis.journal;

/** One hand-over, waiting for the writer. */
record Append(Recording recording, Journal.Durability durability, Journal.Receipt receipt) {}
