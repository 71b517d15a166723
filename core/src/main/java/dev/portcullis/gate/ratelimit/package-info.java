/**
 * How often: token buckets per credential, source and route.
 *
 * <p>Start reading at {@code RateLimitControl}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.ratelimit;
