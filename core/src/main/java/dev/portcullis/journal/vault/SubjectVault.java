package dev.portcullis.journal.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.crypto.CryptoException;
import dev.portcullis.crypto.EnvelopeCipher;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.PseudonymsUnavailableException;
import dev.portcullis.journal.Revealed;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pseudonyms of eight random bytes each. Nothing but a row here tells whose one is: destroying the
 * row makes all that is recorded under the pseudonym nobody's, while the record stays as it is. Who
 * comes back after that gets another pseudonym.
 *
 * <p>New rows are committed by the journal's writer, one transaction a batch, before the batch is
 * written. {@link #of}, {@link #commit} and {@link #rollback} are called by one thread; the others
 * by any.
 */
public final class SubjectVault implements Pseudonyms, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SubjectVault.class);

  /** Of HMAC-SHA256: enough that no two subjects ever meet. */
  private static final int HASH_BYTES = 16;

  /** Tried and rolled back when a trouble may be over, so that a full disk is noticed. */
  private static final String PROBE = "INSERT INTO probe VALUES (zeroblob(65536))";

  /** Between two attempts of the journal's writer to empty a log that others read. */
  private static final long SCRUB_NANOS = Duration.ofSeconds(10).toNanos();

  private final Path path;
  private final VaultLimits limits;
  private final KeyedHash hashes;
  private final EnvelopeCipher cipher;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Cache<String, Pseudonym> cache;
  private final VaultMeters meters;

  /** Who writes; held by the journal's writer from a batch's first new subject to its commit. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Who reads for people. An erasure holds both, so that nobody keeps the old log from going. */
  private final ReentrantLock reading = new ReentrantLock();

  private VaultFile writer;
  private VaultFile reader;

  /** First-time pseudonyms of the open transaction; at most {@link VaultLimits#pending}. */
  private final Map<String, Pseudonym> pending = new HashMap<>();

  private boolean open;
  private volatile boolean troubled;
  private volatile boolean scrubDue;
  private long scrubbedAt;
  private long hits;
  private long misses;

  private SubjectVault(
      Path path, Keyring keyring, InstantSource clock, MeterRegistry registry, VaultLimits limits) {
    this.path = path;
    this.limits = limits;
    this.hashes = keyring.keyedHash("subject-index");
    this.cipher = keyring.envelopeCipher("subject-vault");
    this.clock = clock;
    this.cache = Caffeine.newBuilder().maximumSize(limits.cached()).executor(Runnable::run).build();
    this.writer = VaultFile.open(path, limits);
    writer.doing(() -> {
      Shards.create(writer);
      return true;
    });
    this.reader = VaultFile.open(path, limits);
    this.meters = new VaultMeters(registry, cache);
    scrub(limits.patience());
  }

  /**
   * Opens or creates the vault in that file.
   *
   * @throws PseudonymsUnavailableException if it can't be used
   */
  public static SubjectVault open(
      Path file, Keyring keyring, InstantSource clock, MeterRegistry registry) {
    return open(file, keyring, clock, registry, VaultLimits.DEFAULT);
  }

  static SubjectVault open(
      Path file, Keyring keyring, InstantSource clock, MeterRegistry registry, VaultLimits limits) {
    return new SubjectVault(file, keyring, clock, registry, limits);
  }

  @Override
  public Pseudonym of(String subject) {
    Pseudonym known = cache.getIfPresent(subject);
    if (known != null) {
      hits++;
      return known;
    }
    misses++;
    Pseudonym given = pending.get(subject);
    return given != null ? given : lookUpOrGive(subject);
  }

  private Pseudonym lookUpOrGive(String subject) {
    if (pending.size() >= limits.pending()) {
      commit();
    }
    byte[] hash = hash(subject);
    writing.lock();
    try {
      return working(() -> {
        Optional<Shards.Row> row = Shards.byHash(writer, hash);
        if (row.isPresent()) {
          Pseudonym found = PseudonymBytes.pseudonym(row.get().pseudonym);
          remember(subject, found);
          return found;
        }
        begin();
        return give(subject, hash);
      });
    } finally {
      writing.unlock();
    }
  }

  /** Inside the open transaction, which keeps the lock for itself. */
  private Pseudonym give(String subject, byte[] hash) throws SQLException {
    byte[] fresh = new byte[PseudonymBytes.LENGTH];
    do {
      random.nextBytes(fresh);
      // an erased person's pseudonym is never anybody else's
    } while (Register.find(writer, fresh).isPresent() || !Shards.claim(writer, fresh, hash));
    Shards.insert(writer, row(subject, hash, fresh));
    Pseudonym pseudonym = PseudonymBytes.pseudonym(fresh);
    pending.put(subject, pseudonym);
    return pseudonym;
  }

  private Shards.Row row(String subject, byte[] hash, byte[] pseudonym) {
    byte[] sealed = cipher.seal(subject.getBytes(StandardCharsets.UTF_8), context(hash, pseudonym));
    return new Shards.Row(hash, pseudonym, sealed);
  }

  private void begin() throws SQLException {
    if (!open) {
      writer.begin();
      open = true;
      writing.lock();
    }
  }

  @Override
  public void commit() {
    meters.looked(hits, misses);
    hits = 0;
    misses = 0;
    if (troubled) {
      probe();
    }
    if (open) {
      long start = System.nanoTime();
      working(() -> {
        writer.commit();
        return true;
      });
      open = false;
      pending.forEach(this::remember);
      meters.committed(pending.size(), System.nanoTime() - start);
      pending.clear();
      writing.unlock();
    }
    if (scrubDue && System.nanoTime() - scrubbedAt > SCRUB_NANOS) {
      scrub(Duration.ZERO);
    }
  }

  @Override
  public void rollback() {
    if (open) {
      writer.rollback();
      open = false;
      pending.clear();
      writing.unlock();
    }
  }

  /** A commit of nothing would succeed on a full disk. */
  private void probe() {
    writing.lock();
    try {
      working(() -> {
        if (!open) {
          writer.begin();
          try {
            writer.run(PROBE);
            writer.run("DELETE FROM probe");
            writer.commit();
          } finally {
            writer.rollback();
          }
        }
        return true;
      });
      troubled = false;
    } finally {
      writing.unlock();
    }
  }

  /** With the lock held. After any trouble the connection is made anew. */
  private <T> T working(VaultFile.Work<T> work) {
    try {
      if (!writer.isOpen()) {
        writer = VaultFile.open(path, limits);
      }
      return writer.doing(work);
    } catch (PseudonymsUnavailableException e) {
      troubled = true;
      rollback();
      writer.close();
      throw e;
    }
  }

  private void remember(String subject, Pseudonym pseudonym) {
    if (subject.length() <= limits.cachedLength()) {
      cache.put(subject, pseudonym);
    }
  }

  /**
   * Takes over a pseudonym that the subject had before there was a vault, unless it has one. Before
   * the journal takes its first append; {@link #commit} follows.
   */
  void adopt(String subject, Pseudonym pseudonym) {
    byte[] hash = hash(subject);
    byte[] bytes = PseudonymBytes.of(pseudonym).orElseThrow();
    writing.lock();
    try {
      working(() -> {
        if (Shards.byHash(writer, hash).isEmpty()) {
          begin();
          Shards.claim(writer, bytes, hash);
          Shards.insert(writer, row(subject, hash, bytes));
          pending.put(subject, pseudonym);
        }
        return true;
      });
    } finally {
      writing.unlock();
    }
    if (pending.size() >= limits.pending()) {
      commit();
    }
  }

  @Override
  public Revealed reveal(Pseudonym pseudonym) {
    Optional<byte[]> bytes = PseudonymBytes.of(pseudonym);
    return bytes.isEmpty()
        ? new Revealed.Unknown()
        : reading(() -> {
          Optional<Shards.Row> row = Shards.byPseudonym(reader, bytes.get());
          return row.isPresent()
              ? opened(row.get())
              : Register.find(reader, bytes.get())
                  .<Revealed>map(erasure -> new Revealed.Erased(erasure.at()))
                  .orElseGet(Revealed.Unknown::new);
        });
  }

  private Revealed opened(Shards.Row row) {
    try {
      byte[] text = cipher.open(row.sealed, context(row.hash, row.pseudonym));
      return new Revealed.Known(new String(text, StandardCharsets.UTF_8));
    } catch (CryptoException e) {
      LOG.error("A row of the vault {} was altered, or its key is another's", path, e);
      return new Revealed.Unknown();
    }
  }

  /** The subject's pseudonym, if it has one; gives none. */
  public Optional<Pseudonym> find(String subject) {
    return reading(() ->
        Shards.byHash(reader, hash(subject)).map(row -> PseudonymBytes.pseudonym(row.pseudonym)));
  }

  /**
   * Destroys the link between the subject and its pseudonym, and what this process knows of it.
   * What is being recorded at this moment may still be recorded under the old pseudonym.
   *
   * @return the entry in the register; empty when the subject is not known
   * @throws PseudonymsUnavailableException if it can't be done; the link is as it was
   */
  public Optional<Erasure> erase(String subject, Erasure.Order order) {
    byte[] hash = hash(subject);
    writing.lock();
    reading.lock();
    try {
      Optional<Shards.Row> row = working(() -> Shards.byHash(writer, hash));
      if (row.isEmpty()) {
        return Optional.empty();
      }
      Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      scrubDue = true;
      Erasure erasure =
          working(() -> {
            writer.begin();
            try {
              Shards.forget(writer, row.get());
              Erasure entry = Register.add(writer, row.get().pseudonym, at, order);
              writer.commit();
              return entry;
            } finally {
              writer.rollback();
            }
          });
      cache.invalidate(subject);
      meters.erased();
      scrub(limits.patience());
      return Optional.of(erasure);
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }

  /** The register, newest first. */
  public List<Erasure> erasures(int limit) {
    return reading(() -> Register.newest(reader, limit));
  }

  /** Empties the write-ahead log: what was overwritten in the database still stands in it. */
  private void scrub(Duration patience) {
    writing.lock();
    reading.lock();
    try {
      scrubbedAt = System.nanoTime();
      scrubDue =
          working(() -> {
            writer.patience(patience);
            long busy = writer.number("PRAGMA wal_checkpoint(TRUNCATE)");
            writer.patience(limits.patience());
            return busy != 0;
          });
      if (scrubDue) {
        LOG.warn(
            "What was erased still stands in {}-wal, because another program reads the vault:"
                + " stop it; emptying the log is tried again",
            path);
      }
    } catch (PseudonymsUnavailableException e) {
      scrubDue = true;
      LOG.error("What was erased may still stand in {}-wal: it is tried again", path, e);
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }

  private <T> T reading(VaultFile.Work<T> work) {
    reading.lock();
    try {
      if (!reader.isOpen()) {
        reader = VaultFile.open(path, limits);
      }
      return reader.doing(work);
    } catch (PseudonymsUnavailableException e) {
      reader.close();
      throw e;
    } finally {
      reading.unlock();
    }
  }

  private byte[] hash(String subject) {
    return Arrays.copyOf(hashes.hash(subject.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
  }

  private static byte[] context(byte[] hash, byte[] pseudonym) {
    byte[] context = Arrays.copyOf(hash, hash.length + pseudonym.length);
    System.arraycopy(pseudonym, 0, context, hash.length, pseudonym.length);
    return context;
  }

  /** After the journal's end. */
  @Override
  public void close() {
    reading.lock();
    try {
      reader.close();
      writer.close();
      meters.close();
    } finally {
      reading.unlock();
    }
  }
}
