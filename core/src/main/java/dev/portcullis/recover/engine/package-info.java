/**
 * The backup engine: restic, run as a child process and driven through its machine-readable output.
 * Knows nothing of assets.
 *
 * <p>Start reading at {@code Restic}: one repository at one {@code Location}. {@code Child} runs a
 * program, {@code EngineException} says what went wrong in words of ours.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.recover.engine;
