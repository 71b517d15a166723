package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings.Source;
import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.Child;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What a command writes, and what another can make of it. */
final class CommandKind implements AssetKind {
  private static final String FILE = "stream";
  private static final int BUFFER = 128 << 10;

  private final Source.Command settings;

  CommandKind(Source.Command settings) {
    this.settings = settings;
  }

  @Override
  public String live() {
    return "the output of " + settings.backup().getFirst();
  }

  @Override
  public Harvest harvest(Path work, Task task) {
    return new Harvest.Stream(settings.backup(), FILE, settings.least());
  }

  @Override
  public Brought prove(Trial trial) throws BrokenPointException, IOException {
    Path stream = trial.raw().resolve(FILE);
    if (!Files.isRegularFile(stream)) {
      throw new BrokenPointException("it holds no stream");
    }
    String found = sha256(stream);
    if (!found.equals(trial.point().content())) {
      throw new BrokenPointException(
          "its stream has SHA-256 " + found + " where " + trial.point().content() + " was kept");
    }
    if (Files.size(stream) < settings.least()) {
      throw new BrokenPointException(
          "its stream has "
              + Files.size(stream)
              + " bytes where at least "
              + settings.least()
              + " are a whole one");
    }
    trial.checked("The stream of " + Files.size(stream) + " bytes has the SHA-256 that was kept");
    if (settings.restore().isEmpty()) {
      return new Brought(stream, Optional.empty());
    }
    Path target = StateFiles.directory(trial.room().resolve("target"));
    Child.Ended ended =
        restore(
            stream, Map.of("PORTCULLIS_TARGET", target.toString()), trial.task().cancellation());
    if (ended.exit() != 0) {
      throw new BrokenPointException(
          "the command "
              + settings.restore().getFirst()
              + " can't restore it, it ended with "
              + ended.exit()
              + ": "
              + ended.errors());
    }
    Trees.Size size = Trees.size(target);
    if (size.files() == 0) {
      throw new BrokenPointException(
          "the command " + settings.restore().getFirst() + " ended well but restored nothing");
    }
    trial.checked(
        "The restore command made "
            + size.files()
            + " files of "
            + size.bytes()
            + " bytes together");
    return new Brought(target, Optional.empty());
  }

  @Override
  public Optional<Path> overLive(Brought brought, Path safety, Trial trial) throws IOException {
    if (settings.restore().isEmpty()) {
      throw new RecoveryException(
          "The asset has no restore-command, so it can't be restored over the live one: the stream"
              + " lies at "
              + brought.result()
              + "; name a restore-command, or load it by hand");
    }
    boolean kept = keep(safety, trial);
    Child.Ended ended =
        restore(
            trial.raw().resolve(FILE), Map.of("PORTCULLIS_LIVE", "1"), trial.task().cancellation());
    if (ended.exit() != 0) {
      throw new RecoveryException(
          "The command "
              + settings.restore().getFirst()
              + " ended with "
              + ended.exit()
              + ": "
              + ended.errors()
              + (kept ? "; the stream of the live asset from before lies at " + safety : ""));
    }
    trial.checked("The restore command ended well over the live asset");
    return kept ? Optional.of(safety) : Optional.empty();
  }

  /** A live asset that can't even be read any more must not keep anybody from restoring it. */
  private boolean keep(Path safety, Trial trial) throws IOException {
    try (var out = StateFiles.create(safety)) {
      Child.Ended ended =
          new Child(settings.backup(), Map.of(), Optional.empty(), Duration.ofDays(1))
              .run(in -> in.transferTo(out), trial.task().cancellation());
      if (ended.exit() == 0) {
        return true;
      }
      trial.checked("The live asset could not be read to keep it: " + ended.errors());
    }
    Files.deleteIfExists(safety);
    return false;
  }

  private Child.Ended restore(
      Path stream, Map<String, String> environment, Cancellation cancellation) throws IOException {
    InputStream in = Files.newInputStream(stream);
    return new Child(settings.restore(), environment, Optional.empty(), Duration.ofDays(1))
        .run(Optional.of(in), out -> out.transferTo(OutputStream.nullOutputStream()), cancellation);
  }

  private static String sha256(Path file) throws IOException {
    var digest = Canonical.sha256();
    byte[] buffer = new byte[BUFFER];
    try (var in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
