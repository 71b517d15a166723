package dev.portcullis.notify;

import dev.portcullis.config.NotificationSettings.Login;
import dev.portcullis.config.NotificationSettings.Smtp;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.CRLFOutputStream;
import org.jspecify.annotations.Nullable;

/** Hands one notice to the mail server (RFC 5321). Blocks, each step for at most its timeout. */
final class MailSender {
  /** For each of: connecting, a read, a write. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int MAX_REASON = 500;

  /** RFC 4954: ours to mend in the configuration, not the message's fault. */
  private static final Set<Integer> LOGIN_TROUBLE = Set.of(530, 534, 535, 538);

  private final Smtp smtp;
  private final Function<String, Optional<String>> environment;
  private final Optional<SSLSocketFactory> trust;
  private final Duration timeout;

  /**
   * To that server.
   *
   * @param environment where the password is
   * @param trust for STARTTLS; empty: the platform's certificate authorities
   * @param timeout of each of: connecting, a read, a write
   */
  MailSender(
      Smtp smtp,
      Function<String, Optional<String>> environment,
      Optional<SSLSocketFactory> trust,
      Duration timeout) {
    this.smtp = smtp;
    this.environment = environment;
    this.trust = trust;
    this.timeout = timeout;
  }

  /** One try. Never throws for what the network or the server does. */
  Attempt send(NoticeRow notice) {
    Optional<String> password = Optional.empty();
    if (smtp.login().isPresent()) {
      String variable = smtp.login().get().passwordVariable();
      password = environment.apply(variable);
      if (password.isEmpty()) {
        return new Attempt.Postponed(
            "The environment variable " + variable + " with the mail server's password is not set");
      }
      if (!smtp.startTls() && !isLoopback()) {
        return new Attempt.Postponed(
            "A password is not sent in clear: set notification.smtp.start-tls to true");
      }
    }
    Session session = Session.getInstance(properties());
    MimeMessage message;
    byte[] bytes;
    try {
      message = NoticeMail.message(session, smtp.from(), notice);
      bytes = bytes(message);
    } catch (MessagingException e) {
      return new Attempt.Rejected(reason(e));
    }
    return send(session, message, bytes, password);
  }

  private Attempt send(
      Session session, MimeMessage message, byte[] bytes, Optional<String> password) {
    SMTPTransport transport = null;
    try {
      transport = (SMTPTransport) session.getTransport("smtp");
      transport.connect(
          smtp.server().host(),
          smtp.server().port(),
          smtp.login().map(Login::user).orElse(null),
          password.orElse(null));
      Address[] recipients = message.getAllRecipients();
      transport.sendMessage(message, recipients);
      String reply = Clean.line(transport.getLastServerResponse(), MAX_REASON);
      return new Attempt.Taken(reply, sha256(bytes));
    } catch (MessagingException e) {
      int code = replyCode(e);
      return code >= 500 && code <= 599 && !LOGIN_TROUBLE.contains(code)
          ? new Attempt.Rejected(reason(e))
          : new Attempt.Postponed(reason(e));
    } finally {
      close(transport);
    }
  }

  /** What happens after the server has taken the message changes nothing about that. */
  private static void close(@Nullable SMTPTransport transport) {
    if (transport != null) {
      try {
        transport.close();
      } catch (MessagingException ignored) {
        // The connection is gone, which is what was wanted.
      }
    }
  }

  private Properties properties() {
    var properties = new Properties();
    String millis = Long.toString(timeout.toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.localhost", NoticeMail.domain(smtp.from()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(smtp.login().isPresent()));
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(smtp.startTls()));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(smtp.startTls()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    trust.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
    return properties;
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(smtp.server().host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** As it goes over the wire, before dots are doubled (RFC 5321 §4.5.2). */
  private static byte[] bytes(MimeMessage message) throws MessagingException {
    var out = new ByteArrayOutputStream();
    try (var lines = new CRLFOutputStream(out)) {
      message.writeTo(lines);
      lines.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new MessagingException("The message cannot be written", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static int replyCode(MessagingException failure) {
    Exception each = failure;
    while (each instanceof MessagingException messaging) {
      if (each instanceof SMTPAddressFailedException address) {
        return address.getReturnCode();
      }
      if (each instanceof SMTPSendFailedException send && messaging.getNextException() == null) {
        return send.getReturnCode();
      }
      each = messaging.getNextException();
    }
    return 0;
  }

  private static String reason(MessagingException failure) {
    Exception cause = failure.getNextException();
    String text = failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    return Clean.line(text, MAX_REASON);
  }
}
