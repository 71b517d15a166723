/**
 * {@code portcullis.yaml} as typed, immutable records; every problem is reported at once, with
 * file, line and the way out. Depends on nothing of ours.
 *
 * <p>Start reading at {@code Configuration}; {@code ConfigurationReader} makes one.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.config;
