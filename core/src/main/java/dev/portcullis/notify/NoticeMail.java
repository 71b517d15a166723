package dev.portcullis.notify;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** A notice as a mail: the same notice gives the same bytes at each try. */
final class NoticeMail {
  /** Header with the notice's id: a recipient can tell a repeated delivery from a second notice. */
  static final String HEADER = "X-Portcullis-Notice";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private NoticeMail() {}

  /** A message id that nobody else has, in the sender's domain. */
  static String newMessageId(String notice, String from) {
    return "<" + notice + "." + UUID.randomUUID() + "@" + domain(from) + ">";
  }

  /** Of the sender's address. */
  static String domain(String from) {
    String domain = from.substring(from.lastIndexOf('@') + 1);
    return domain.matches("[A-Za-z0-9.-]+") ? domain : "localhost";
  }

  /**
   * The message, complete.
   *
   * @throws AddressException when an address is none
   */
  static MimeMessage message(Session session, String from, NoticeRow notice)
      throws MessagingException {
    String messageId = notice.messageId().orElseThrow();
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
          }
        };
    message.setFrom(address(from));
    InternetAddress to = address(notice.email());
    try {
      to.setPersonal(Clean.line(notice.recipient(), 100), "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("every Java has UTF-8", e);
    }
    message.setRecipient(Message.RecipientType.TO, to);
    message.setSubject(Clean.line(notice.subject(), 200), "UTF-8");
    message.setHeader("Date", DATE.format(notice.approvedAt().orElse(Instant.EPOCH)));
    message.setHeader(HEADER, notice.id());
    // RFC 3834: out-of-office replies to a machine help nobody.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setText(notice.body(), "UTF-8");
    message.saveChanges();
    return message;
  }

  private static InternetAddress address(String text) throws AddressException {
    if (!Clean.isPlainAddress(text)) {
      throw new AddressException("Not a mail address (expected: such as dpo@example.org)");
    }
    return new InternetAddress(text, true);
  }
}
