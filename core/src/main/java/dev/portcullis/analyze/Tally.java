package dev.portcullis.analyze;

/** Counts of one source, route, or of all. Not thread-safe. */
final class Tally {
  final String name;
  long requests;
  long refused;
  long failed;
  long bytes;
  long first = Long.MAX_VALUE;
  long last = Long.MIN_VALUE;

  Tally(String name) {
    this.name = name;
  }

  /** One request more. */
  void add(long at, int status, long sent) {
    requests++;
    refused += status >= 400 && status < 500 ? 1 : 0;
    failed += status >= 500 ? 1 : 0;
    bytes += sent;
    first = Math.min(first, at);
    last = Math.max(last, at);
  }

  /** All that another one counted. */
  void add(Tally other) {
    requests += other.requests;
    refused += other.refused;
    failed += other.failed;
    bytes += other.bytes;
    first = Math.min(first, other.first);
    last = Math.max(last, other.last);
  }
}
