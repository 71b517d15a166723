package dev.portcullis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quicktheories.WithQuickTheories;

class ApiKeyFormatTest implements WithQuickTheories {
  private final SecureRandom random = new SecureRandom();

  private String key() {
    return ApiKeyFormat.newKey(ApiKeyFormat.newId(random), random);
  }

  @Test
  void aKeyShowsWhatItIsAndWhichOneButNotItsSecret() {
    String id = ApiKeyFormat.newId(random);
    String key = ApiKeyFormat.newKey(id, random);
    assertThat(key).matches("pc_[0-9a-f]{8}_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}").contains(id);
    assertThat(ApiKeyFormat.idOf(key)).contains(id);
  }

  @Test
  void everyChangeOfOneCharacterIsRefusedOffline() {
    qt().forAll(integers().between(0, ApiKeyFormat.LENGTH - 1), integers().between(1, 0xFFFF))
        .check((position, flip) -> {
          var changed = new StringBuilder(key());
          changed.setCharAt(position, (char) (changed.charAt(position) ^ flip));
          return ApiKeyFormat.idOf(changed.toString()).isEmpty();
        });
  }

  @Test
  void everyTypingMistakeWithinTheAlphabetIsRefusedOffline() {
    String key = key();
    String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    for (int position = 0; position < key.length(); position++) {
      for (int i = 0; i < digits.length(); i++) {
        char digit = digits.charAt(i);
        var changed = new StringBuilder(key);
        changed.setCharAt(position, digit);
        if (!changed.toString().equals(key)) {
          assertThat(ApiKeyFormat.idOf(changed.toString())).isEmpty();
        }
      }
    }
  }

  @Test
  void swappedNeighboursAndMissingOrDoubledCharactersAreRefusedOffline() {
    String key = key();
    IntStream.range(0, key.length() - 1)
        .filter(i -> key.charAt(i) != key.charAt(i + 1))
        .forEach(i -> {
          var swapped = new StringBuilder(key);
          swapped.setCharAt(i, key.charAt(i + 1));
          swapped.setCharAt(i + 1, key.charAt(i));
          assertThat(ApiKeyFormat.idOf(swapped.toString())).isEmpty();
          assertThat(ApiKeyFormat.idOf(new StringBuilder(key).deleteCharAt(i).toString()))
              .isEmpty();
          assertThat(ApiKeyFormat.idOf(new StringBuilder(key).insert(i, key.charAt(i)).toString()))
              .isEmpty();
        });
  }

  @Test
  void anyTextAtAllIsJudgedWithoutAnException() {
    qt().forAll(strings().allPossible().ofLengthBetween(0, 80))
        .check(text -> ApiKeyFormat.idOf(text).isEmpty());
  }
}
