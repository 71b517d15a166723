package dev.portcullis.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many of the recorded attacks were noticed, and how many benign exchanges accused.
 *
 * @param exchanges sent
 * @param attacks of them
 * @param noticed attacks with a finding, or refused by the gate
 * @param benign the others
 * @param accused benign ones with a finding, or refused by the gate
 * @param byClass attacks by class, in alphabetical order
 */
public record ReplayResult(
    int exchanges,
    int attacks,
    int noticed,
    int benign,
    int accused,
    @JsonProperty("by_class") Map<String, OfClass> byClass) {

  /**
   * One class of attacks.
   *
   * @param total sent
   * @param noticed of them
   */
  public record OfClass(int total, int noticed) {}

  /** As one line of JSON with the names that {@code portcullis replay --json} promises. */
  public String json() {
    return JsonMapper.builder().build().writeValueAsString(this);
  }
}
