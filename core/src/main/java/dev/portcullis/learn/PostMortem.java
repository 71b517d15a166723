package dev.portcullis.learn;

import java.time.Instant;

/**
 * The review of an incident, as a draft.
 *
 * @param markdown for people, blameless
 */
public record PostMortem(String incident, Instant draftedAt, String markdown) {}
