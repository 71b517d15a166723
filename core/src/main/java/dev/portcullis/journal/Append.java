package dev.portcullis.journal;

/** One hand-over, waiting for the writer. */
record Append(Exchange exchange, Journal.Durability durability, Journal.Receipt receipt) {}
