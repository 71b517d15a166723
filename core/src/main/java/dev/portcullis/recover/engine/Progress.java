package dev.portcullis.recover.engine;

/**
 * How far something long is.
 *
 * @param phase what is being done, in words
 * @param bytesDone so far
 * @param bytesTotal as far as known yet; 0: unknown
 * @param bytesPerSecond mean since the beginning
 * @param secondsLeft at that rate; negative: unknown
 */
public record Progress(
    String phase, long bytesDone, long bytesTotal, long bytesPerSecond, long secondsLeft) {

  /** Is told of progress; must not block. */
  @FunctionalInterface
  public interface Listener {
    /** Something has moved on. */
    void moved(Progress progress);
  }

  /** The rate and what is left, from what was done in that time. */
  public static Progress of(String phase, long done, long total, long nanos) {
    long rate = nanos <= 0 ? 0 : (long) (done / (nanos / 1e9));
    long left = rate <= 0 || total < done ? -1 : (total - done) / rate;
    return new Progress(phase, done, total, rate, total == 0 ? -1 : left);
  }
}
