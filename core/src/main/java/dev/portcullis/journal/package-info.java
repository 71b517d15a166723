/**
 * The record of every exchange: append, durability, Merkle tree and signed checkpoints,
 * verification, reading. May depend on {@code config} and {@code crypto}.
 *
 * <p>Start reading at {@code Journal}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.journal;
