package dev.portcullis.gate.authn;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An issuer's public keys (RFC 7517), the unsound ones left out.
 *
 * @param document digest of the text, to notice a change
 * @param ignored why keys were left out, for the log
 */
record KeySet(Optional<Digest> document, List<VerificationKey> keys, List<String> ignored) {
  /** Before any could be had. */
  static final KeySet NONE = new KeySet(Optional.empty(), List.of(), List.of());

  private static final int MAX_KEYS = 100;

  /**
   * Reads a JWK set.
   *
   * @param allowed signature algorithms of the issuer
   * @throws IOException if it is none
   */
  static KeySet parse(byte[] document, Set<String> allowed) throws IOException {
    JsonNode list =
        StrictJson.object(document)
            .map(object -> object.path("keys"))
            .filter(JsonNode::isArray)
            .orElseThrow(() -> new IOException("not a JWK set (expected: {\"keys\": [...]})"));
    if (list.size() > MAX_KEYS) {
      throw new IOException(
          "a JWK set of %d keys (expected: at most %d)".formatted(list.size(), MAX_KEYS));
    }
    var usable = new ArrayList<VerificationKey>();
    var ignored = new ArrayList<String>();
    var names = new HashMap<String, Integer>();
    int number = 0;
    for (JsonNode node : list.values()) {
      number++;
      node.path("kid").stringValueOpt().ifPresent(id -> names.merge(id, 1, Integer::sum));
      try {
        switch (VerificationKey.of(JWK.parse(node.toString()), allowed)) {
          case VerificationKey.Usable.Yes yes -> usable.add(yes.key());
          case VerificationKey.Usable.No no -> ignored.add("key " + number + ": " + no.why());
        }
      } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
        ignored.add("key " + number + ": unreadable");
      }
    }
    // which of two keys of one name was meant nobody can tell
    var doubles = new HashSet<String>();
    names.forEach((name, count) -> {
      if (count > 1 && doubles.add(name)) {
        ignored.add("%d keys with the same kid".formatted(count));
      }
    });
    usable.removeIf(key -> key.id().filter(doubles::contains).isPresent());
    return new KeySet(
        Optional.of(Digest.sha256(document)), List.copyOf(usable), List.copyOf(ignored));
  }

  /**
   * The key of that id; for a token that names none, the only key of that algorithm, if there is
   * only one.
   */
  Optional<VerificationKey> find(Optional<String> id, String algorithm) {
    List<VerificationKey> found =
        keys.stream()
            .filter(key -> id.isPresent() ? key.id().equals(id) : key.algorithm().equals(algorithm))
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  boolean isSameDocument(KeySet other) {
    return document.equals(other.document);
  }

  /** Numbers only. */
  Map<String, Integer> counts() {
    return Map.of("usable", keys.size(), "ignored", ignored.size());
  }
}
