package dev.portcullis.respond;

import java.time.Duration;
import java.util.List;

/**
 * Whom an order would have hit, read from the journal.
 *
 * @param window looked back over
 * @param exchanges it would have refused
 * @param accounts distinct accounts among them
 * @param sources distinct addresses among them
 * @param allAccounts distinct accounts in the window at all
 * @param withinBudget whether an automatic order may do it
 * @param explanation why, in one sentence
 */
public record Preview(
    Duration window,
    long exchanges,
    List<String> accounts,
    List<String> sources,
    int allAccounts,
    boolean withinBudget,
    String explanation) {}
