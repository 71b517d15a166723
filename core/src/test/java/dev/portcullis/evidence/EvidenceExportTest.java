package dev.portcullis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.journal.FileJournal;
import dev.portcullis.scope.Criteria;
import dev.portcullis.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EvidenceExportTest {
  @TempDir Path directory;
  private Case robbed;
  private Path archive;

  @BeforeEach
  void open() throws Exception {
    robbed = new Case(directory);
    archive = directory.resolve("inc-1.zip");
  }

  @AfterEach
  void close() {
    robbed.close();
  }

  @Test
  void anArchiveHoldsExactlyWhatTheThiefDidAndEachRecordIsProved() throws Exception {
    robbed.traffic(600);
    robbed.lose(600);
    long afterTheGap = robbed.append(robbed.exchange(601, Case.THIEF, "key-1"));
    String incident = robbed.incident(1L);
    EvidenceExport export = robbed.export(incident, archive);

    assertThat(export.exchanges()).isEqualTo(200 + 1 + 1);
    assertThat(export.gaps()).isEqualTo(1);
    assertThat(export.unproven()).isZero();
    assertThat(robbed.verify(archive))
        .isInstanceOfSatisfying(
            EvidenceVerdict.Genuine.class,
            genuine -> {
              assertThat(genuine.exchanges()).isEqualTo(202);
              assertThat(genuine.gaps()).isEqualTo(1);
              assertThat(genuine.keyIsOwn()).isFalse();
              assertThat(genuine.collectedBy()).isEqualTo("Dr Weber");
            });
    var files = Archives.read(archive);
    List<JsonNode> lines = Archives.lines(files, "exchanges.ndjson");
    long[] thief =
        LongStream.concat(
                LongStream.concat(
                    LongStream.of(1), LongStream.range(0, 600).filter(i -> i % 3 == 0)),
                LongStream.of(afterTheGap))
            .sorted()
            .toArray();
    assertThat(lines.stream().mapToLong(line -> line.path("sequence").asLong()).toArray())
        .isEqualTo(thief);
    JsonNode owners = lines.get(1);
    assertThat(owners.path("included_because").toString()).isEqualTo("[\"signal-evidence\"]");
    assertThat(owners.path("activity").path("src_endpoint").path("ip").asString())
        .isEqualTo("203.0.113.9");
    JsonNode last = lines.getLast();
    assertThat(last.path("leaf").asLong()).as("behind the gap").isEqualTo(afterTheGap + 1);
    assertThat(last.path("activity").path("http_request").path("http_method").asString())
        .isEqualTo("GET");
    assertThat(last.path("activity").path("ja4_fingerprint_list").get(0).path("value").asString())
        .isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    JsonNode gap = Archives.lines(files, "gaps.ndjson").getFirst().path("gap");
    assertThat(gap.path("lost").asLong()).isEqualTo(1);
    assertThat(gap.path("reason").asString()).isEqualTo("unrecordable");
    assertThat(Archives.json(files, "signals.json").get(0).path("id").asString()).isEqualTo("s1");
    assertThat(Archives.json(files, "scope.json").path("exchanges").asLong()).isEqualTo(201);
  }

  @Test
  void aGapBeforeTheBreachIsNotPartOfIt() throws Exception {
    robbed.lose(-5_000);
    robbed.traffic(9);
    assertThat(robbed.export(robbed.incident(), archive).gaps()).isZero();
  }

  @Test
  void proofsHoldInAJournalOfManyBlocks() throws Exception {
    robbed.traffic(9_000, 50);
    EvidenceExport export = robbed.export(robbed.incident(), archive);
    assertThat(export.exchanges()).isEqualTo(180);
    assertThat(export.unproven()).isZero();
    assertThat(robbed.verify(archive)).isInstanceOf(EvidenceVerdict.Genuine.class);
  }

  @Test
  void whoExportedWhatWhenAndWhyIsRegisteredForGood() throws Exception {
    robbed.traffic(30);
    String incident = robbed.incident();
    EvidenceExport first = robbed.export(incident, archive);
    EvidenceExport second = robbed.export(incident, directory.resolve("again.zip"));
    robbed.restart();

    assertThat(robbed.desk().list(incident)).containsExactly(first, second);
    assertThat(first.id()).isEqualTo("EVD-1");
    assertThat(first.sha256()).isEqualTo(Hashes.hex(Files.readAllBytes(archive)));
    assertThat(first.bytes()).isEqualTo(Files.size(archive));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
    var custody = Archives.json(Archives.read(directory.resolve("again.zip")), Archive.CUSTODY);
    JsonNode previous = custody.path("previous_exports");
    assertThat(previous).hasSize(1);
    assertThat(previous.get(0).path("sha256").asString()).isEqualTo(first.sha256());
    assertThat(custody.path("collection").path("digital_evidence_first_responder").asString())
        .isEqualTo("Dr Weber");
    assertThat(custody.path("collection").path("requested_by").asString()).isEqualTo("weber");
    assertThat(custody.path("collection").path("reason").asString())
        .isEqualTo("asked by the police");
    assertThat(robbed.facades().incidents().timeline(incident))
        .filteredOn(entry -> entry.kind().equals("evidence"))
        .hasSize(2)
        .first()
        .satisfies(entry -> {
          assertThat(entry.author()).isEqualTo("weber");
          assertThat(entry.text()).contains("EVD-1", "Dr Weber", first.sha256(), "pseudonyms");
        });
    try (var store = Store.open(robbed.state)) {
      for (String forgetting :
          List.of("DELETE FROM evidence_export", "UPDATE evidence_export SET reason = ''")) {
        assertThatThrownBy(() -> store.jdbi().useHandle(handle -> handle.execute(forgetting)))
            .hasMessageContaining("append-only");
      }
    }
  }

  @Test
  void theSameExchangesGiveTheSameBytes() throws Exception {
    robbed.traffic(60);
    String incident = robbed.incident();
    robbed.export(incident, archive);
    robbed.export(incident, directory.resolve("again.zip"));
    assertThat(Archives.text(Archives.read(archive), Archive.EXCHANGES))
        .isEqualTo(Archives.text(Archives.read(directory.resolve("again.zip")), Archive.EXCHANGES));
  }

  @Test
  void nobodyIsNamedInClearUnlessThatWasAskedForAndThenItIsNoted() throws Exception {
    robbed.traffic(6);
    String incident = robbed.incident();
    robbed.export(incident, archive);
    assertThat(whole(archive)).doesNotContain(Case.PATIENT);
    Path clear = directory.resolve("clear.zip");
    EvidenceExport export =
        robbed
            .desk()
            .export(
                new EvidenceRequest(
                    incident, "court order 7", "Dr Weber", "weber", Optional.of(clear), true));
    assertThat(export.subjectsInClear()).isTrue();
    var files = Archives.read(clear);
    assertThat(Archives.text(files, Archive.SUBJECTS)).contains(Case.PATIENT);
    assertThat(
            Archives.json(files, Archive.CUSTODY)
                .path("acquisition")
                .path("data_subjects")
                .asString())
        .isEqualTo("in clear");
    assertThat(robbed.facades().incidents().timeline(incident).getLast().text())
        .contains("IN CLEAR");
    assertThat(robbed.verify(clear)).isInstanceOf(EvidenceVerdict.Genuine.class);
  }

  private static String whole(Path archive) throws IOException {
    var all = new ByteArrayOutputStream();
    for (byte[] file : Archives.read(archive).values()) {
      all.writeBytes(file);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @Test
  void evidenceIsNeverOverwrittenAndNeedsAReasonAndAPlace() throws Exception {
    robbed.traffic(3);
    String incident = robbed.incident();
    Files.writeString(archive, "older");
    assertThatThrownBy(() -> robbed.export(incident, archive))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("never overwritten");
    assertThat(archive).hasContent("older");
    assertThatThrownBy(() -> robbed.export(incident, Path.of("inc.zip")))
        .hasMessageContaining("absolute");
    assertThatThrownBy(() -> robbed.export(incident, directory.resolve("no/inc.zip")))
        .hasMessageContaining("not there");
    assertThatThrownBy(() -> robbed.export("INC-9", directory.resolve("b.zip")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INC-9");
    assertThatThrownBy(() ->
            robbed
                .desk()
                .export(
                    new EvidenceRequest(
                        incident, " ", "a", "b", Optional.of(directory.resolve("b.zip")), false)))
        .hasMessageContaining("reason");
    assertThat(robbed.desk().list(incident)).isEmpty();
  }

  @Test
  void withoutAFileItLiesInTheStateDirectory() throws Exception {
    robbed.traffic(3);
    EvidenceExport export =
        robbed
            .desk()
            .export(
                new EvidenceRequest(robbed.incident(), "kept", "a", "b", Optional.empty(), false));
    Path file = Path.of(export.file());
    assertThat(file).exists().hasFileName("INC-1-EVD-1.zip");
    assertThat(robbed.verify(file)).isInstanceOf(EvidenceVerdict.Genuine.class);
  }

  @Test
  void aFullDiskLeavesNothingBehindButAClearMessage() throws Exception {
    robbed.traffic(90);
    String incident = robbed.incident();
    try (var store = Store.open(robbed.state)) {
      var facades = robbed.facades();
      var sources =
          new EvidenceSources(
              facades.journal(),
              ((FileJournal) facades.journal()).records(),
              facades.pseudonyms(),
              facades.incidents(),
              facades.scopes(),
              facades.containment(),
              facades.obligations(),
              facades.notices(),
              facades.recovery(),
              facades.reviews(),
              each -> new Criteria(facades.incidents().signals(each.id())));
      var desk =
          new EvidenceDesk(
              sources,
              store,
              List.of(signer()),
              new EvidenceFiles(directory, file -> new FullDisk(EvidenceFiles.create(file))),
              InstantSource.system());
      assertThatThrownBy(() -> desk.export(Case.request(incident, archive)))
          .isInstanceOf(EvidenceException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining(archive.toString());
      assertThat(desk.list(incident)).isEmpty();
    }
    try (var left = Files.list(directory)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("inc-1"));
    }
    assertThat(robbed.export(incident, archive).id()).isEqualTo("EVD-1");
  }

  private dev.portcullis.crypto.SigningKey signer() {
    return dev.portcullis.crypto.Keyring.open(robbed.state.resolve("keys")).signingKey("journal");
  }

  @Test
  void anIncidentWithoutAnExchangeStillHasItsCaseFile() throws Exception {
    robbed.append(robbed.exchange(1, "203.0.113.9", "key-2"));
    EvidenceExport export = robbed.export(robbed.incident(), archive);
    assertThat(export.exchanges()).isZero();
    assertThat(robbed.verify(archive)).isInstanceOf(EvidenceVerdict.Genuine.class);
    Map<String, byte[]> files = Archives.read(archive);
    assertThat(files.keySet()).contains("incident.json", "timeline.json", "VERIFY.md");
  }

  /** Holds 3,000 bytes. */
  private static final class FullDisk extends OutputStream {
    private final OutputStream disk;
    private int left = 3_000;

    FullDisk(OutputStream disk) {
      this.disk = disk;
    }

    @Override
    public void write(int octet) throws IOException {
      if (left-- <= 0) {
        throw new IOException("No space left on device");
      }
      disk.write(octet);
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }
}
