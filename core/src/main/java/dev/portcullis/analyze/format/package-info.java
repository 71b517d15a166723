/**
 * How the access logs of other products are read: one small class a format, on bytes, without
 * regular expressions and without state, so that many threads may share one.
 *
 * <p>May depend on nothing of ours. Start reading at {@code LogFormat}, then {@code Formats}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.analyze.format;
