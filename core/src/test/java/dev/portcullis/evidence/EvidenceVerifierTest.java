package dev.portcullis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.app.Configurations;
import dev.portcullis.app.JournalKeys;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.crypto.SigningKey;
import dev.portcullis.journal.JournalException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever alters an archive, or the journal before it, is found out, and where. */
class EvidenceVerifierTest {
  @TempDir Path directory;
  private Case robbed;
  private Path archive;
  private Path altered;

  @BeforeEach
  void open() throws Exception {
    robbed = new Case(directory);
    archive = directory.resolve("inc-1.zip");
    altered = directory.resolve("altered.zip");
  }

  @AfterEach
  void close() {
    robbed.close();
  }

  private Map<String, byte[]> exported() throws Exception {
    robbed.traffic(60);
    robbed.lose(60);
    robbed.append(robbed.exchange(61, Case.THIEF, "key-1"));
    robbed.export(robbed.incident(), archive);
    return Archives.read(archive);
  }

  private SigningKey signer() {
    return Keyring.open(robbed.state.resolve("keys")).signingKey("journal");
  }

  private void wrong(Map<String, byte[]> files, String item, String why) throws Exception {
    EvidenceVerdict verdict = robbed.verify(Archives.write(altered, files));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            EvidenceVerdict.Wrong.class,
            wrong -> {
              assertThat(wrong.item()).isEqualTo(item);
              assertThat(wrong.why()).contains(why);
            });
  }

  @Test
  void anyFileAlteredIsNamed() throws Exception {
    Map<String, byte[]> files = exported();
    for (String name : files.keySet()) {
      var changed = new LinkedHashMap<String, byte[]>(files);
      byte[] bytes = files.get(name).clone();
      bytes[bytes.length / 2] ^= 1;
      changed.put(name, bytes);
      boolean isManifest = name.startsWith(Archive.MANIFEST);
      wrong(
          changed,
          isManifest ? Archive.MANIFEST : name,
          isManifest ? "not signed by the key" : "SHA-256");
    }
  }

  @Test
  void anyFileMissingShortenedOrAddedIsNamed() throws Exception {
    Map<String, byte[]> files = exported();
    for (String name : files.keySet()) {
      var changed = new LinkedHashMap<String, byte[]>(files);
      changed.remove(name);
      wrong(changed, name, "not in the archive");
    }
    var shorter = new LinkedHashMap<String, byte[]>(files);
    shorter.put(Archive.EXCHANGES, new byte[0]);
    wrong(shorter, Archive.EXCHANGES, "0 bytes");
    var more = new LinkedHashMap<String, byte[]>(files);
    more.put("confession.txt", new byte[] {1});
    wrong(more, "confession.txt", "added later");
  }

  @Test
  void anArchiveSignedByAnotherKeyIsNotTheOperators() throws Exception {
    Map<String, byte[]> files = exported();
    SigningKey another = Keyring.open(directory.resolve("other")).signingKey("journal");
    String content = Archives.text(files, "timeline.json").replace("detect", "invent");
    wrong(
        Archives.resigned(files, "timeline.json", content, another),
        Archive.MANIFEST,
        "not signed by the key");
  }

  @Test
  void evenTheKeepersKeyCannotMakeTheJournalSayOtherwise() throws Exception {
    Map<String, byte[]> files = exported();
    String lines = Archives.text(files, Archive.EXCHANGES);
    wrong(
        Archives.resigned(
            files,
            Archive.EXCHANGES,
            lines.replaceFirst("\"ip\":\"198.51.100.7\"", "\"ip\":\"192.0.2.1\""),
            signer()),
        "exchanges.ndjson, line 1, exchange 0",
        "not what its bytes say");
    wrong(
        Archives.resigned(
            files, Archive.EXCHANGES, lines.replaceFirst("\"leaf\":3,", "\"leaf\":4,"), signer()),
        "exchanges.ndjson, line 2, exchange 3",
        "does not vouch");
    wrong(
        Archives.resigned(
            files,
            Archive.EXCHANGES,
            lines.replaceFirst("\"record\":\"AQ", "\"record\":\"AA"),
            signer()),
        "exchanges.ndjson, line 1, exchange 0",
        "leaf hash");
    wrong(
        Archives.resigned(files, Archive.EXCHANGES, lines + lines, signer()),
        "exchanges.ndjson, line 22, exchange 0",
        "expected: more than");
    wrong(
        Archives.resigned(files, Archive.EXCHANGES, lines + "{\"leaf\":", signer()),
        "exchanges.ndjson, line 22",
        "not JSON");
  }

  @Test
  void aRecordAlteredInTheJournalIsExportedAndNamed() throws Exception {
    robbed.traffic(12_000, 30);
    String incident = robbed.incident();
    robbed.close();
    alterRecord(30);
    robbed = new Case(robbed);
    EvidenceExport export = robbed.export(incident, archive);
    assertThat(export.exchanges()).isEqualTo(400);
    assertThat(export.unproven()).isEqualTo(1);
    assertThat(
            Archives.json(Archives.read(archive), Archive.CUSTODY)
                .path("integrity")
                .path("findings")
                .toString())
        .contains("Exchange 30");
    assertThat(robbed.verify(archive))
        .isInstanceOfSatisfying(
            EvidenceVerdict.Wrong.class,
            wrong -> {
              assertThat(wrong.item()).isEqualTo("exchanges.ndjson, line 2, exchange 30");
              assertThat(wrong.why()).contains("does not vouch");
            });
  }

  /** As one would who knows the format: the checksum is right again. */
  private void alterRecord(int sequence) throws Exception {
    Path segment = robbed.state.resolve("journal/segments/00000000000000000000.seg");
    try (var file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var all = ByteBuffer.allocate((int) file.size());
      file.read(all, 0);
      int at = all.getInt(12);
      for (int i = 0; i < sequence; i++) {
        at += 8 + all.getInt(at);
      }
      int length = all.getInt(at);
      // the last bytes are names of data classes: another one
      String body = new String(all.array(), at + 8, length, StandardCharsets.ISO_8859_1);
      int health = body.indexOf("health");
      all.put(at + 8 + health, (byte) 'w');
      var crc = new CRC32C();
      crc.update(all.array(), at + 8, length);
      all.putInt(at + 4, (int) crc.getValue());
      file.write(ByteBuffer.wrap(all.array()), 0);
    }
  }

  @Test
  void brokenFilesAreWrongAndNeverAnError() throws Exception {
    Map<String, byte[]> files = exported();
    byte[] whole = Files.readAllBytes(archive);
    var random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] broken = whole.clone();
      for (int change = 0; change <= i % 3; change++) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(altered, broken);
      if (robbed.verify(altered) instanceof EvidenceVerdict.Genuine) {
        assertThat(Archives.read(altered).keySet()).isEqualTo(files.keySet());
        Archives.read(altered)
            .forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(files.get(name)));
      }
    }
    for (int length = 0; length < whole.length; length += 1 + whole.length / 50) {
      Files.write(altered, java.util.Arrays.copyOf(whole, length));
      assertThat(robbed.verify(altered)).isInstanceOf(EvidenceVerdict.Wrong.class);
    }
    assertThatThrownBy(() -> EvidenceVerifier.verify(directory.resolve("no.zip"), Optional.empty()))
        .isInstanceOf(EvidenceException.class);
    assertThatThrownBy(() -> EvidenceVerifier.verify(archive, Optional.of("nonsense")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("verifier key");
  }

  @Test
  void withoutAKeyItSaysThatItsOwnProvesNothing() throws Exception {
    exported();
    assertThat(EvidenceVerifier.verify(archive, Optional.empty()).text())
        .contains("Genuine", "came with the archive");
  }

  @Test
  void aKeyThatWasChangedSinceLeadsToTheOneThatSigned() throws Exception {
    robbed.traffic(30);
    String incident = robbed.incident();
    String first = Files.readString(robbed.key());
    robbed.close();
    JournalKeys.rotate(Configurations.read(robbed.config), InstantSource.system());
    robbed = new Case(robbed);
    robbed.append(robbed.exchange(31, Case.THIEF, "key-1"));
    robbed.export(incident, archive);
    Map<String, byte[]> files = Archives.read(archive);
    assertThat(Archives.text(files, Archive.KEY)).isEqualTo(first);
    assertThat(EvidenceVerifier.verify(archive, Optional.of(first)))
        .isInstanceOfSatisfying(
            EvidenceVerdict.Genuine.class,
            genuine -> {
              assertThat(genuine.exchanges()).isEqualTo(11);
              assertThat(genuine.key()).isNotEqualTo(first.strip());
              assertThat(EvidenceVerifier.verify(archive, Optional.of(genuine.key())))
                  .isInstanceOf(EvidenceVerdict.Genuine.class);
            });
    files.remove(Archive.KEYS);
    wrong(files, Archive.MANIFEST, "not signed by the key");
    String broken = new String(Archives.read(archive).get(Archive.KEYS), StandardCharsets.UTF_8);
    files.put(
        Archive.KEYS, broken.replaceFirst("\n30\n", "\n29\n").getBytes(StandardCharsets.UTF_8));
    wrong(files, Archive.KEYS, "chain of keys is broken");
  }
}
