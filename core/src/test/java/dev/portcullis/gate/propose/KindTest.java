package dev.portcullis.gate.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of data are told by the checks of their issuers, not by their looks. */
class KindTest {
  // Numbers that the issuers or standards publish as examples.
  @ParameterizedTest
  @CsvSource({
    "EMAIL, jane.doe+x@mail.example.org",
    "PHONE, +44 20 7946 0958",
    "IBAN, DE89370400440532013000",
    "IBAN, GB82 WEST 1234 5698 7654 32",
    "IBAN, FR1420041010050500013M02606",
    "CARD, 4111111111111111",
    "CARD, 5555 5555 5555 4444",
    "CARD, 378282246310005",
    "CARD, 6011-1111-1111-1117",
    "CARD, 3530111333300000",
    "US_SSN, 219-09-9999",
    "UK_NHS, 943 476 5919",
    "DE_TAX_ID, 86095742719",
    "FR_NIR, 255081416802538",
    "NL_BSN, 111222333",
    "ES_DNI, 12345678Z",
    "ES_DNI, X1234567L",
    "PL_PESEL, 44051401359",
    "IN_AADHAAR, 2341 2341 2346",
    "JWT, eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.abc_-",
    "KEY, AKIAIOSFODNN7EXAMPLE",
    "KEY, -----BEGIN EC PRIVATE KEY-----",
  })
  void whatIsValidIsRecognised(Kind kind, String value) {
    assertThat(kind.recognises("x", value)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ICD10, diagnosis_code, E11.9, true",
    "ICD10, icd, S52.521A, true",
    "ICD10, product_code, E11.9, false",
    "LOCAL_PHONE, phone, 020 7946 0958, true",
    "LOCAL_PHONE, order, 020 7946 0958, false",
    "SECRET, api_key, 9f86d081884c7d659a2feaa0c55ad015, true",
    "SECRET, api_key, aaaaaaaaaaaaaaaaaaaaaaaa, false",
    "SECRET, etag, 9f86d081884c7d659a2feaa0c55ad015, false",
  })
  void whereTheFormSaysLittleTheNameMustHint(
      Kind kind, String name, String value, boolean recognised) {
    assertThat(kind.recognises(name, value)).isEqualTo(recognised);
  }

  @Test
  void oneWrongDigitIsNoticedByEveryCheck() {
    qt().forAll(
            longs().between(0, 999_999_999_999L),
            integers().between(0, 18),
            integers().between(1, 9))
        .checkAssert((number, place, change) -> {
          for (String valid :
              new String[] {
                card(number), iban(number), nhs(number), bsn(number), taxId(number), aadhaar(number)
              }) {
            if (valid.isEmpty()) {
              continue;
            }
            assertThat(kindOf(valid)).as(valid).isTrue();
            int at = place % valid.length();
            char digit = valid.charAt(at);
            if (digit >= '0' && digit <= '9') {
              String wrong =
                  valid.substring(0, at)
                      + (char) ('0' + (digit - '0' + change) % 10)
                      + valid.substring(at + 1);
              assertThat(sameKind(valid, wrong)).as(valid + " " + wrong).isFalse();
            }
          }
        });
  }

  private static boolean kindOf(String value) {
    return sameKind(value, value);
  }

  private static boolean sameKind(String valid, String value) {
    return switch (valid.length()) {
      case 16 -> Accounts.isCard(value);
      case 22 -> Accounts.isIban(value);
      case 10 -> NationalIds.isNhsNumber(value);
      case 9 -> NationalIds.isBsn(value);
      case 11 -> Digits.isModulo1110(value);
      case 12 -> Digits.isVerhoeff(value);
      default -> throw new IllegalArgumentException(valid);
    };
  }

  // The check digits, each computed another way than the product does: by trying all of them.

  private static String tried(String format, long number, java.util.function.Predicate<String> is) {
    return IntStream.range(0, 10)
        .mapToObj(check -> format.formatted(number) + check)
        .filter(is)
        .findFirst()
        .orElse("");
  }

  private static String card(long number) {
    String front = "4%014d".formatted(number);
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int doubled = (front.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
      sum += doubled / 10 + doubled % 10;
    }
    return front + (10 - sum % 10) % 10;
  }

  private static String iban(long number) {
    String account = "%018d".formatted(number);
    int remainder = new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).intValueExact();
    return "DE%02d%s".formatted(98 - remainder, account);
  }

  private static String nhs(long number) {
    return tried("%09d", number % 1_000_000_000, NationalIds::isNhsNumber);
  }

  private static String bsn(long number) {
    return tried("%08d", number % 100_000_000, NationalIds::isBsn);
  }

  private static String taxId(long number) {
    return tried("%010d", number % 10_000_000_000L, Digits::isModulo1110);
  }

  private static String aadhaar(long number) {
    return tried("%011d", number % 100_000_000_000L, Digits::isVerhoeff);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order",
        "2026-11-25T03:34:44Z",
        "00000000-0000-4000-8000-000000000000",
        "12.50",
        "EUR",
        "4111111111111112",
        "DE00370400440532013000",
        "000-12-3456",
        "666-12-3456",
        "9001",
        "a@b",
        "@example.org",
        "user@localhost",
        "+1",
        "+0123456789",
        "12345678A",
        "ey.ey.ey"
      })
  void whatIsNotValidIsNotRecognised(String value) {
    for (Kind kind : Kind.values()) {
      assertThat(kind.recognises("x", value)).as(kind + " " + value).isFalse();
    }
  }

  private static PathCounts counted(String name, java.util.stream.Stream<String> values) {
    var counts = new PathCounts(name);
    values.forEach(value -> counts.add(value, 42));
    return counts;
  }

  @Test
  void ordinaryNumbersAreNotTakenForAnything() {
    qt().withExamples(60)
        .forAll(longs().between(0, 8_000_000_000_000_000_000L), integers().between(0, 4))
        .checkAssert((from, shape) -> {
          long start =
              switch (shape) {
                case 0 -> 1_700_000_000L + from % 100_000_000;
                case 1 -> 1_700_000_000_000L + from % 100_000_000_000L;
                case 2 -> 100_000_000L + from % 800_000_000;
                case 3 -> from % 10_000_000_000_000_000L;
                default -> from;
              };
          var numbers =
              new java.util.Random(from).longs(60, 0, 1_000_000).map(step -> start + step);
          assertThat(counted("number", numbers.mapToObj(Long::toString)).kind()).isEmpty();
        });
  }

  @Test
  void oneConstantThatPassesACheckByChanceIsNotTakenForAnything() {
    var constant = java.util.stream.Stream.generate(() -> "4111111111111111").limit(100);
    assertThat(counted("merchant", constant).kind()).isEmpty();
  }
}
