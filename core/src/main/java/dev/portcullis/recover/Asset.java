package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.crypto.StreamCipher;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * An asset with what is needed to back it up and to restore it.
 *
 * @param newest epoch seconds of the newest recovery point made since the start; 0: none yet
 */
record Asset(
    AssetSettings settings,
    AssetDriver driver,
    BackupRepository repository,
    AssetLock lock,
    AtomicLong newest) {
  /** It becomes a file name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  static Asset of(
      AssetSettings settings, StreamCipher cipher, Path recoverDirectory, Breaches breaches) {
    String name = settings.name();
    if (!NAME.matcher(name).matches()) {
      throw new RecoveryException(
          "The asset name '"
              + name
              + "' can't be a file name: use letters, digits, '.', '_' and '-', at most 100");
    }
    AssetDriver driver =
        switch (settings.source()) {
          case AssetSettings.Source.Sqlite(Path path) -> new SqliteDriver(path);
        };
    return new Asset(
        settings,
        driver,
        new DirectoryRepository(settings.destination(), cipher, settings.keep(), breaches),
        new AssetLock(name, recoverDirectory),
        new AtomicLong());
  }

  String name() {
    return settings.name();
  }
}
