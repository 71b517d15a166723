/**
 * The REST resources: everything the command line and the console can do. Sees the features'
 * facades only.
 *
 * <p>Start reading at {@code Api}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.api;
