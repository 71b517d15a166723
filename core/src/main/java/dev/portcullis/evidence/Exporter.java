package dev.portcullis.evidence;

import dev.portcullis.config.Product;
import dev.portcullis.crypto.SigningKey;
import dev.portcullis.incident.Incident;
import dev.portcullis.journal.SignedTree;
import dev.portcullis.journal.TrustedKeys;
import dev.portcullis.journal.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes one archive: exhibits, case file, custody, manifest, signature; in that order. */
final class Exporter {
  static final String TOOL = "portcullis " + Product.VERSION;

  private final EvidenceSources sources;
  private final List<SigningKey> signers;
  private final ExportProgress progress;

  /** What was written. */
  record Written(
      long bytes, String sha256, String manifestSha256, long exchanges, long gaps, long unproven) {}

  Exporter(EvidenceSources sources, List<SigningKey> signers, ExportProgress progress) {
    this.sources = sources;
    this.signers = List.copyOf(signers);
    this.progress = progress;
  }

  Written write(
      EvidenceRequest request,
      Incident incident,
      String id,
      Instant at,
      List<EvidenceExport> previous,
      OutputStream target)
      throws IOException {
    long end = sources.journal().end();
    SignedTree tree = new Signing(sources.records()).covering(end);
    TrustedKeys keys = sources.records().keys();
    SigningKey signer = signer(keys.last());
    var findings = new Findings();
    var hostile =
        new Hostile(
            sources.criteria().apply(incident),
            sources.incidents().signals(incident.id()),
            findings);
    progress.begin(end);
    try (var records = sources.records().open(tree);
        var archive = new ArchiveWriter(target)) {
      var exhibits = new Exhibits(sources.journal(), records, tree, findings, progress);
      archive.add(Archive.INSTRUCTION, "how to verify this without Portcullis", instruction());
      var file = new CaseFile(sources, incident);
      file.write(archive);
      archive.add(
          Archive.EXCHANGES,
          "hostile exchanges: record, proof, reading",
          out -> exhibits.exchanges(hostile, end, out));
      archive.add(Archive.GAPS, "what could not be recorded meanwhile", exhibits::gaps);
      if (request.withSubjects()) {
        archive.add(
            Archive.SUBJECTS, "data subjects in clear", out -> file.subjects(out, findings));
      }
      archive.add(Archive.CHECKPOINT, "what the proofs lead to, signed", text(tree.note()));
      archive.add(
          Archive.KEY,
          "the journal's first public key (C2SP verifier key)",
          text(keys.first() + "\n"));
      if (!keys.rotations().isEmpty()) {
        archive.add(Archive.KEYS, "how it handed over to others", text(keys.rotations()));
      }
      archive.add(
          Archive.PEM,
          "the key that signs now, PEM",
          text(SigningKey.publicPem(keys.last().publicKey())));
      var custody =
          new CustodyDocument(
              id,
              request,
              incident,
              at,
              TOOL,
              keys.last().toString(),
              tree,
              hostile,
              exhibits,
              findings,
              archive.items(),
              previous);
      archive.add(
          Archive.CUSTODY,
          "who exported what, when and why",
          EvidenceJson.prettyAsWritten(custody.document()));
      archive.add(Archive.SUMS, "for sha256sum -c", sums(archive.items()));
      byte[] manifest = manifest(id, incident, at, keys.last(), archive.items());
      archive.add(Archive.MANIFEST, "every file and its hash", manifest);
      archive.add(Archive.SIGNATURE, "Ed25519 over the manifest", signer.sign(manifest));
      String sha256 = archive.finish();
      return new Written(
          archive.bytes(),
          sha256,
          Hashes.hex(manifest),
          exhibits.exchanges(),
          exhibits.gaps(),
          findings.unproven());
    }
  }

  private SigningKey signer(VerifierKey wanted) {
    return signers.stream()
        .filter(each -> Arrays.equals(each.publicKey(), wanted.publicKey()))
        .findFirst()
        .orElseThrow(() ->
            new EvidenceException(
                "The key that signs the journal (%s) is not among this node's keys: start with the keys that wrote it"
                    .formatted(wanted)));
  }

  private static byte[] manifest(
      String id, Incident incident, Instant at, VerifierKey key, List<ArchiveItem> items) {
    return EvidenceJson.prettyAsWritten(
        CustodyDocument.ordered(
            "format",
            Archive.FORMAT,
            "evidence_id",
            id,
            "incident",
            incident.id(),
            "created_at",
            at.toString(),
            "tool",
            TOOL,
            "hash_algorithm",
            "SHA-256",
            "signature_algorithm",
            "Ed25519",
            "key",
            key.toString(),
            "files",
            items));
  }

  private static byte[] sums(List<ArchiveItem> items) {
    return text(
        items.stream()
            .map(item -> item.sha256() + "  " + item.name() + "\n")
            .collect(Collectors.joining()));
  }

  private static byte[] instruction() throws IOException {
    try (InputStream in = Exporter.class.getResourceAsStream(Archive.INSTRUCTION)) {
      if (in == null) {
        throw new IllegalStateException("VERIFY.md is missing from this build");
      }
      return in.readAllBytes();
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
