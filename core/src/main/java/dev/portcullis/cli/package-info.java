/** The command line, one file a verb. Start reading at {@code Main}. */
@org.jspecify.annotations.NullMarked
package dev.portcullis.cli;
