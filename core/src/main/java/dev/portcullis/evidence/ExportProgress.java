package dev.portcullis.evidence;

/** How far an export is; written by one thread, read by any. */
public final class ExportProgress {
  private volatile long read;
  private volatile long end;
  private volatile long exchanges;

  ExportProgress() {}

  void begin(long journalEnd) {
    read = 0;
    exchanges = 0;
    end = journalEnd;
  }

  void read(long sequence, long exported) {
    read = sequence + 1;
    exchanges = exported;
  }

  /** Exchanges of the journal that were looked at. */
  public long read() {
    return read;
  }

  /** Exchanges of the journal in all. */
  public long end() {
    return end;
  }

  /** Of these written to the archive. */
  public long exchanges() {
    return exchanges;
  }
}
