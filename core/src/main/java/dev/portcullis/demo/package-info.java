/**
 * The story that {@code portcullis demo} tells: a sample API with a database, its clients, an
 * attacker, a mail server. All of them are real servers and clients on loopback addresses; only the
 * people are made up.
 *
 * <p>Start reading at {@code Demo}; its parts are {@code ClinicApi}, {@code OrdinaryClients},
 * {@code Attacker} and {@code MailServer}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.demo;
