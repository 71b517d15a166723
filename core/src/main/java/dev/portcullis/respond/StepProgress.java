package dev.portcullis.respond;

import java.time.Instant;

/**
 * How far one step of an incident's playbook is.
 *
 * @param incident its id
 * @param playbook name
 * @param index the step's place in the playbook, from 0
 * @param step name, such as {@code contain}
 * @param state how far it is
 * @param attempts how often it was begun
 * @param text what came of it, for people
 * @param at when that was recorded
 */
public record StepProgress(
    String incident,
    String playbook,
    int index,
    String step,
    StepState state,
    int attempts,
    String text,
    Instant at) {}
