package dev.portcullis.demo;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plausible people, the same at every start. Their mail is at {@code example.org} (RFC 2606), their
 * telephone numbers are among those that Ofcom keeps free for drama.
 */
final class Fiction {
  /** The first patient's number. */
  static final int FIRST = 1001;

  /** The clinics that share the sample API. */
  static final List<String> CLINICS =
      List.of("northgate-clinic", "harbour-clinic", "elm-street-clinic", "riverside-clinic");

  private static final long SEED = 20_261_124;

  private static final List<String> GIVEN =
      List.of(
          "Amara", "Bruno", "Chiara", "Daniel", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas",
          "Katya", "Liam", "Mei", "Nadia", "Oskar", "Priya", "Rafael", "Sofia", "Tomasz", "Yara");
  private static final List<String> FAMILY =
      List.of(
          "Adeyemi",
          "Bauer",
          "Costa",
          "Dubois",
          "Eriksen",
          "Ferrari",
          "Green",
          "Haddad",
          "Ivanova",
          "Jansen",
          "Kowalski",
          "Lindqvist",
          "Moreau",
          "Novak",
          "Okafor",
          "Patel",
          "Quinn",
          "Rossi",
          "Sharma",
          "Weber");

  private record Illness(String diagnosis, String medication) {}

  private static final List<Illness> ILLNESSES =
      List.of(
          new Illness("Type 2 diabetes mellitus", "Metformin 500 mg"),
          new Illness("Essential hypertension", "Lisinopril 10 mg"),
          new Illness("Asthma", "Salbutamol inhaler"),
          new Illness("Hypothyroidism", "Levothyroxine 50 mcg"),
          new Illness("Depressive episode", "Sertraline 50 mg"),
          new Illness("Migraine without aura", "Sumatriptan 50 mg"),
          new Illness("Iron deficiency anaemia", "Ferrous sulfate 200 mg"),
          new Illness("Atrial fibrillation", "Apixaban 5 mg"),
          new Illness("Epilepsy", "Lamotrigine 100 mg"),
          new Illness("Rheumatoid arthritis", "Methotrexate 15 mg weekly"));

  private Fiction() {}

  /** That many patients, spread over the clinics in turn. */
  static Stream<Patient> patients(int count) {
    var random = new Random(SEED);
    return IntStream.range(0, count).mapToObj(index -> patient(index, random));
  }

  private static Patient patient(int index, Random random) {
    String given = pick(GIVEN, random);
    String family = pick(FAMILY, random);
    Illness illness = pick(ILLNESSES, random);
    int number = FIRST + index;
    return new Patient(
        "P-" + number,
        given + " " + family,
        LocalDate.of(1930, 1, 1).plusDays(random.nextInt(32_000)),
        mailbox(given) + "." + mailbox(family) + "." + number + "@example.org",
        phone(random),
        illness.diagnosis(),
        illness.medication(),
        CLINICS.get(index % CLINICS.size()));
  }

  static String phone(Random random) {
    return "+44 20 7946 0" + (100 + random.nextInt(900));
  }

  private static String mailbox(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z]", "")
        .toLowerCase(Locale.ROOT);
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
