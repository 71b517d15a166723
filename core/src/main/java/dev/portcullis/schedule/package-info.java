/**
 * Durable timers, by a scheduler library on the relational store.
 *
 * <p>Start reading at {@code Timers}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.schedule;
