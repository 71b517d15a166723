package dev.portcullis.incident;

import java.time.Instant;

/**
 * One line of an incident's timeline; never edited, only followed by another.
 *
 * @param sequence its place in the incident's timeline, from 1
 * @param at when it happened
 * @param author a user's name, or {@code portcullis} for the machine
 * @param kind such as {@code signal}, {@code state}, {@code order}, {@code scope}, {@code clock},
 *     {@code notice}, {@code restore}, {@code note}
 * @param text for people
 */
public record TimelineEntry(int sequence, Instant at, String author, String kind, String text) {
  /** The author of what the machine did. */
  public static final String MACHINE = "portcullis";
}
