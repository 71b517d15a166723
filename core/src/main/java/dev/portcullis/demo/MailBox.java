package dev.portcullis.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.TooMuchDataException;

/** A directory of messages, each a file that is there whole or not at all. */
final class MailBox {
  /** Header that keeps an envelope's recipient. */
  static final String RECIPIENT = "Delivered-To";

  /** Messages above this are refused until somebody clears the directory. */
  static final int MESSAGES = 10_000;

  private static final int INSUFFICIENT_STORAGE = 452;
  private static final int TOO_LONG = 552;

  /** Of a message that is too long, read before the connection is given up, in bytes. */
  private static final int DRAINED = 16 << 20;

  private final Path directory;
  private final int messageLimit;
  private int number;

  MailBox(Path directory, int messageLimit) throws IOException {
    this.directory = directory;
    this.messageLimit = messageLimit;
    try (var files = Files.list(directory)) {
      number =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("[0-9]{6}\\.eml"))
              .mapToInt(name -> Integer.parseInt(name.substring(0, 6)))
              .max()
              .orElse(0);
    }
  }

  /** Takes one message in. */
  MessageHandler delivery() {
    return new Delivery();
  }

  private final class Delivery implements MessageHandler {
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    @Override
    public void from(String from) {
      sender = from;
    }

    @Override
    public void recipient(String recipient) {
      recipients.add(recipient);
    }

    @Override
    public @Nullable String data(InputStream data) throws RejectException, IOException {
      byte[] message = data.readNBytes(messageLimit + 1);
      if (message.length > messageLimit) {
        // what is left of it would be taken for commands
        if (data.readNBytes(DRAINED).length == DRAINED) {
          throw new TooMuchDataException("a message is longer than " + DRAINED + " bytes");
        }
        throw new RejectException(
            TOO_LONG, "The message is longer than " + messageLimit + " bytes");
      }
      keep(sender, recipients, message);
      return null;
    }

    @Override
    public void done() {
      // everything was kept when the data came
    }
  }

  private synchronized void keep(String sender, List<String> recipients, byte[] message)
      throws RejectException, IOException {
    if (number >= MESSAGES) {
      throw new RejectException(INSUFFICIENT_STORAGE, "The mailbox is full");
    }
    number++;
    var envelope = new StringBuilder("Return-Path: <").append(sender).append(">\r\n");
    recipients.forEach(
        recipient -> envelope.append(RECIPIENT).append(": ").append(recipient).append("\r\n"));
    Path part = directory.resolve(".incoming");
    try (var out = Files.newOutputStream(part)) {
      out.write(envelope.toString().getBytes(StandardCharsets.UTF_8));
      out.write(message);
    }
    Files.move(
        part,
        directory.resolve(String.format(Locale.ROOT, "%06d.eml", number)),
        StandardCopyOption.ATOMIC_MOVE);
  }
}
