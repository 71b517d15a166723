package dev.portcullis.notify;

import dev.portcullis.config.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real mail server on the loopback interface, with moods. */
final class MailServer implements AutoCloseable {
  private final ConcurrentLinkedDeque<RejectException> refusals = new ConcurrentLinkedDeque<>();
  private final CopyOnWriteArrayList<byte[]> messages = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<byte[]> offered = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<String> recipients = new CopyOnWriteArrayList<>();
  private final SMTPServer server;

  private MailServer(SMTPServer.Builder builder) {
    server =
        builder
            .insertReceivedHeaders(false)
            .messageHandler((_, _, to, data) -> {
              offered.add(data);
              RejectException refusal = refusals.poll();
              if (refusal != null) {
                throw refusal;
              }
              recipients.add(to);
              messages.add(data);
            })
            .build();
    server.start();
  }

  static MailServer open() {
    return new MailServer(SMTPServer.port(0));
  }

  /** That asks for STARTTLS and a login first. */
  static MailServer openTls(SSLContext context, String user, String password) {
    return new MailServer(
        SMTPServer.port(0)
            .startTlsSocketFactory(context)
            .requireTLS()
            .requireAuth()
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory((name, given, _) -> {
                  if (!name.equals(user) || !given.equals(password)) {
                    throw new LoginFailedException();
                  }
                })));
  }

  /** Refuses the next message so. */
  void refuseNext(int code, String words) {
    refusals.add(new RejectException(code, words));
  }

  Endpoint endpoint() {
    return new Endpoint("localhost", server.getPortAllocated());
  }

  /** Those taken, as they came over the wire. */
  List<byte[]> messages() {
    return List.copyOf(messages);
  }

  /** Those too that were refused. */
  List<byte[]> offered() {
    return List.copyOf(offered);
  }

  List<String> recipients() {
    return List.copyOf(recipients);
  }

  String text(int index) {
    return new String(messages.get(index), StandardCharsets.UTF_8);
  }

  /** One header's lines, unfolded. */
  static Optional<String> header(String message, String name) {
    String head = message.substring(0, message.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]+", " ");
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  @Override
  public void close() {
    server.stop();
  }
}
