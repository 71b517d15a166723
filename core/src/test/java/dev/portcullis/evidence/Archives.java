package dev.portcullis.evidence;

import dev.portcullis.crypto.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Archives taken apart and put together again, as those would who want another truth. */
final class Archives {
  private Archives() {}

  static Map<String, byte[]> read(Path archive) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(e -> e)::iterator) {
        try (var in = zip.getInputStream(entry)) {
          files.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return files;
  }

  static Path write(Path archive, Map<String, byte[]> files) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return archive;
  }

  static String text(Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new AssertionError(name + " is missing of " + files.keySet());
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static JsonNode json(Map<String, byte[]> files, String name) {
    return EvidenceJson.mapper().readTree(text(files, name));
  }

  static List<JsonNode> lines(Map<String, byte[]> files, String name) {
    var lines = new ArrayList<JsonNode>();
    text(files, name).lines().forEach(line -> lines.add(EvidenceJson.mapper().readTree(line)));
    return lines;
  }

  /** With one file replaced, hashed and signed anew: what the keeper of the key could do. */
  static Map<String, byte[]> resigned(
      Map<String, byte[]> files, String name, String content, SigningKey signer) {
    var changed = new LinkedHashMap<String, byte[]>(files);
    changed.put(name, content.getBytes(StandardCharsets.UTF_8));
    String sums =
        text(files, Archive.SUMS)
            .replaceFirst(
                "[0-9a-f]{64}  " + name,
                Hashes.hex(changed.getOrDefault(name, new byte[0])) + "  " + name);
    changed.put(Archive.SUMS, sums.getBytes(StandardCharsets.UTF_8));
    var manifest = (ObjectNode) json(files, Archive.MANIFEST);
    for (JsonNode each : (ArrayNode) manifest.path("files")) {
      byte[] bytes = changed.getOrDefault(each.path("name").asString(), new byte[0]);
      ((ObjectNode) each).put("bytes", bytes.length).put("sha256", Hashes.hex(bytes));
    }
    byte[] signed = EvidenceJson.prettyAsWritten(manifest);
    changed.put(Archive.MANIFEST, signed);
    changed.put(Archive.SIGNATURE, signer.sign(signed));
    return changed;
  }
}
