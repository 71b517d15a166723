/**
 * The story that {@code portcullis demo} tells: a sample API with a database, its clients, an
 * attacker, a mail server.
 *
 * <p>Start reading at {@code Demo}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.demo;
