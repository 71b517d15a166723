package dev.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTest {
  @TempDir Path directory;

  private static MimeMessage message(MailServer server) throws MessagingException {
    var properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", Integer.toString(server.port()));
    var message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("breach-desk@clinic.example"));
    message.setRecipients(
        Message.RecipientType.TO,
        InternetAddress.parse("dpo@clinic.example, authority@example.org"));
    message.setSubject("Personal data breach: Übersicht", "UTF-8");
    return message;
  }

  @Test
  void aMessageIsKeptWithItsEnvelopeSubjectAndText() throws Exception {
    try (var server = MailServer.start(directory, 0)) {
      MimeMessage sent = message(server);
      sent.setText("400 patients.\n.\nA line with a dot above, and ümlauts.\n", "UTF-8");
      Transport.send(sent);
      var kept = server.messages();
      assertThat(kept).hasSize(1);
      assertThat(kept.getFirst().from()).isEqualTo("breach-desk@clinic.example");
      assertThat(kept.getFirst().to())
          .containsExactlyInAnyOrder("dpo@clinic.example", "authority@example.org");
      assertThat(kept.getFirst().subject()).isEqualTo("Personal data breach: Übersicht");
      assertThat(kept.getFirst().text().replace("\r", ""))
          .isEqualTo("400 patients.\n.\nA line with a dot above, and ümlauts.\n");
      assertThat(kept.getFirst().file()).hasFileName("000001.eml").exists();
    }
  }

  @Test
  void theTextOfAMultipartIsFoundAndARestartKeepsAll() throws Exception {
    try (var server = MailServer.start(directory, 0)) {
      MimeMessage sent = message(server);
      var plain = new MimeBodyPart();
      plain.setText("the plain text");
      var html = new MimeBodyPart();
      html.setText("<p>the page</p>", "UTF-8", "html");
      sent.setContent(new MimeMultipart("alternative", plain, html));
      Transport.send(sent);
    }
    try (var server = MailServer.start(directory, 0)) {
      MimeMessage sent = message(server);
      sent.setText("second");
      Transport.send(sent);
      assertThat(server.messages())
          .extracting(MailServer.Message::text)
          .extracting(String::strip)
          .isEqualTo(List.of("the plain text", "second"));
    }
  }

  @Test
  void aMessageThatIsTooLongIsRefused() throws Exception {
    try (var server = MailServer.start(directory, 0)) {
      MimeMessage sent = message(server);
      sent.setText("0123456789\n".repeat(MailServer.MESSAGE_LIMIT / 10));
      assertThatThrownBy(() -> Transport.send(sent)).isInstanceOf(MessagingException.class);
      assertThat(server.messages()).isEmpty();
    }
  }
}
