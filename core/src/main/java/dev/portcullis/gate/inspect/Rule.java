package dev.portcullis.gate.inspect;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of the rule book: an attack class's shape at some places of a request.
 *
 * @param id in findings and metrics, kebab case
 * @param category such as {@code sql-injection}
 * @param where places it is looked for in
 * @param only the one header it is about, lower case, if it is about one
 * @param needs groups of literals, lower case; of each group at least one must occur before the
 *     pattern is tried. The first group is the rarest in ordinary traffic
 * @param whole whether the pattern is about the whole value, so that it is not tried on the pieces
 *     of a long one
 * @param pattern in RE2 syntax: linear in the input whatever the input
 * @param description for people
 * @param owasp category, such as {@code API8:2023}
 * @param attack MITRE ATT&amp;CK technique
 */
record Rule(
    String id,
    String category,
    Set<Place> where,
    Optional<String> only,
    List<List<String>> needs,
    boolean whole,
    Pattern pattern,
    String description,
    String owasp,
    String attack) {

  int places() {
    return where.stream().mapToInt(Place::bit).reduce(0, (a, b) -> a | b);
  }
}
