package dev.portcullis.recover.engine;

import dev.portcullis.recover.engine.EngineException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the engine's exit code and last words mean. Old versions tell nearly everything by words
 * alone, newer ones have exit codes for some of it; both are understood.
 */
final class Trouble {
  private static final int EXIT_SOURCE = 3;
  private static final int EXIT_NO_REPOSITORY = 10;
  private static final int EXIT_LOCKED = 11;
  private static final int EXIT_WRONG_KEY = 12;

  private record Sign(Reason reason, List<String> words) {}

  /** The first that matches counts: a cause stands before what it causes. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign(Reason.FULL, List.of("no space left", "quota exceeded", "storagefull")),
          new Sign(Reason.READ_ONLY, List.of("read-only file system")),
          new Sign(Reason.WRONG_KEY, List.of("wrong password or no key found")),
          new Sign(Reason.LOCKED, List.of("already locked")),
          new Sign(
              Reason.UNREACHABLE,
              List.of(
                  "connection refused",
                  "connection reset",
                  "connection timed out",
                  "no route to host",
                  "network is unreachable",
                  "no such host",
                  "could not resolve hostname",
                  "i/o timeout",
                  "tls handshake timeout",
                  "host key verification failed",
                  "connection lost",
                  "subprocess ssh exited",
                  "unable to start the sftp session",
                  "broken pipe",
                  "unexpected eof from",
                  "use of closed network connection",
                  "503 service unavailable",
                  "specified bucket does not exist",
                  "transport endpoint is not connected",
                  "stale file handle",
                  "input/output error")),
          new Sign(
              Reason.NO_REPOSITORY,
              List.of("is there a repository at the following location", "key does not exist")),
          new Sign(
              Reason.DENIED,
              List.of(
                  "permission denied",
                  "access denied",
                  "accessdenied",
                  "access key id you provided does not exist",
                  "signature we calculated does not match",
                  "403 forbidden")),
          new Sign(
              Reason.DAMAGED,
              List.of(
                  "ciphertext verification failed",
                  "invalid data returned",
                  "does not match id",
                  "hash mismatch",
                  "hash does not match",
                  "does not match its hash",
                  "pack id does not match",
                  "not found in index",
                  "not found in repository",
                  "repository contains errors",
                  "contains errors",
                  "unexpected eof",
                  "decryption failed",
                  "does not exist",
                  "no such file or directory",
                  "unable to load tree",
                  "loadtree",
                  "load(<data")));

  private Trouble() {}

  static EngineException of(Location location, int exit, String words) {
    Reason reason = reason(exit, words);
    return new EngineException(reason, message(location, reason, last(words)));
  }

  static Reason reason(int exit, String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    Optional<Reason> said =
        SIGNS.stream()
            .filter(sign -> sign.words().stream().anyMatch(lower::contains))
            .map(Sign::reason)
            .findFirst();
    return switch (exit) {
      case EXIT_NO_REPOSITORY -> said.filter(Trouble::isDeeper).orElse(Reason.NO_REPOSITORY);
      case EXIT_LOCKED -> Reason.LOCKED;
      case EXIT_WRONG_KEY -> Reason.WRONG_KEY;
      case EXIT_SOURCE -> said.filter(r -> r == Reason.FULL).orElse(Reason.SOURCE);
      default -> said.orElse(Reason.OTHER);
    };
  }

  private static boolean isDeeper(Reason reason) {
    return reason == Reason.UNREACHABLE || reason == Reason.DENIED;
  }

  private static String message(Location location, Reason reason, String words) {
    String what =
        switch (reason) {
          case FULL -> "is full: free space there, or keep fewer recovery points";
          case READ_ONLY -> "is read-only: mount it writable";
          case WRONG_KEY ->
              "holds a repository made under another key, so it is somebody else's data or the"
                  + " directory of keys was changed: bring back the keys it was made with, or"
                  + " choose another place";
          case LOCKED -> "is in use by another run, which is alive: try again when it has ended";
          case UNREACHABLE -> "can't be reached: see that it is mounted, running and connected";
          case NO_REPOSITORY -> "holds no repository";
          case DENIED -> "refuses access: give this user or key the permission to read and write";
          case DAMAGED ->
              "is damaged: what lies there is not what was written; another destination or an older"
                  + " recovery point may be sound";
          case SOURCE -> "was not given everything, because some of the source can't be read";
          case FOREIGN, NO_ENGINE, CANCELLED, OTHER -> "can't be used";
        };
    return "The destination "
        + location
        + " "
        + what
        + (words.isEmpty() ? "" : " (the engine says: " + words + ")");
  }

  /** The last line that says something, at a readable length. */
  static String last(String words) {
    String best = "";
    for (String line : words.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      boolean fatal = line.startsWith("Fatal") || line.startsWith("error");
      if (fatal || !best.startsWith("Fatal")) {
        best = line;
      }
    }
    return best.length() <= 300 ? best : best.substring(0, 300) + "...";
  }
}
