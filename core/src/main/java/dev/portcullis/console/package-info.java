/**
 * The pages in the browser. Sees the features' facades only.
 *
 * <p>Start reading at {@code Console}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.console;
