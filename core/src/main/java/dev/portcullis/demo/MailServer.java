package dev.portcullis.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server (SMTP, RFC 5321) on 127.0.0.1 that keeps what it receives as files, {@code *.eml},
 * and delivers nothing any further.
 */
public final class MailServer implements AutoCloseable {
  /** A longer message is refused, in bytes. */
  static final int MESSAGE_LIMIT = 1 << 20;

  private static final int CONNECTIONS = 20;
  private static final int RECIPIENTS = 100;
  private static final int IDLE_MILLIS = 60_000;

  private final Path directory;
  private final SMTPServer server;

  private MailServer(Path directory, SMTPServer server) {
    this.directory = directory;
    this.server = server;
  }

  /**
   * A message received.
   *
   * @param from the envelope's sender
   * @param to the envelope's recipients
   * @param text its plain text
   */
  public record Message(String from, List<String> to, String subject, String text, Path file) {
    /** Copies the list. */
    public Message {
      to = List.copyOf(to);
    }
  }

  /**
   * Starts it.
   *
   * @param directory for the messages; those already there are kept
   * @param port 0: the system chooses
   */
  public static MailServer start(Path directory, int port) {
    try {
      Files.createDirectories(directory);
      var box = new MailBox(directory, MESSAGE_LIMIT);
      var server =
          SMTPServer.port(port)
              .bindAddress(InetAddress.getByName("127.0.0.1"))
              .hostName("localhost")
              .softwareName("Portcullis demo")
              .maxConnections(CONNECTIONS)
              .maxRecipients(RECIPIENTS)
              .maxMessageSize(MESSAGE_LIMIT)
              .connectionTimeoutMs(IDLE_MILLIS)
              .messageHandlerFactory(context -> box.delivery())
              .build();
      server.start();
      return new MailServer(directory, server);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The mail server can't keep messages in " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getPortAllocated();
  }

  /** All messages there, oldest first. */
  public List<Message> messages() {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".eml"))
          .sorted()
          .map(MailServer::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory + ": " + e.getMessage(), e);
    }
  }

  private static Message read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var mime = new MimeMessage(Session.getInstance(new Properties()), in);
      String from = mime.getHeader("Return-Path", "");
      String[] to = mime.getHeader(MailBox.RECIPIENT);
      return new Message(
          from == null ? "" : from.replaceAll("[<>]", ""),
          to == null ? List.of() : List.of(to),
          Objects.requireNonNullElse(mime.getSubject(), ""),
          text(mime),
          file);
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException(
          "The message " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The first plain text. */
  private static String text(Part part) throws IOException, MessagingException {
    if (part.isMimeType("text/plain")) {
      return part.getContent().toString();
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        String found = text(inner);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }

  @Override
  public void close() {
    server.stop();
  }
}
