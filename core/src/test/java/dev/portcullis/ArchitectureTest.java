package dev.portcullis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The directions between packages: down the stream of the two paths, never up. */
class ArchitectureTest {
  private static final String ROOT = "dev.portcullis.";

  /** What each package may know of ours; {@code app}, {@code cli} and {@code demo} are the rim. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("config", Set.of()),
          Map.entry("crypto", Set.of()),
          Map.entry("store", Set.of("config")),
          Map.entry("replay", Set.of("journal")),
          Map.entry("telemetry", Set.of()),
          Map.entry("schedule", Set.of("store", "telemetry")),
          Map.entry("identity", Set.of("config", "crypto", "store")),
          Map.entry("journal", Set.of("config", "crypto", "telemetry")),
          Map.entry("gate", Set.of("config", "crypto", "identity", "journal", "telemetry")),
          Map.entry("detect", Set.of("config", "journal")),
          Map.entry("analyze", Set.of("config", "detect", "gate", "journal")),
          Map.entry("incident", Set.of("config", "detect", "store")),
          Map.entry(
              "respond",
              Set.of("config", "detect", "gate", "incident", "journal", "store", "telemetry")),
          Map.entry("scope", Set.of("config", "detect", "incident", "journal", "store")),
          Map.entry("rehearse", Set.of("config", "detect", "journal", "scope")),
          Map.entry("obligation", Set.of("config", "incident", "scope", "store")),
          Map.entry(
              "notify", Set.of("config", "incident", "obligation", "scope", "store", "telemetry")),
          Map.entry("recover", Set.of("config", "crypto", "incident", "store", "telemetry")),
          Map.entry(
              "evidence",
              Set.of(
                  "config",
                  "crypto",
                  "detect",
                  "incident",
                  "journal",
                  "learn",
                  "notify",
                  "obligation",
                  "recover",
                  "respond",
                  "scope",
                  "store")),
          Map.entry(
              "learn",
              Set.of(
                  "config",
                  "detect",
                  "incident",
                  "notify",
                  "obligation",
                  "recover",
                  "respond",
                  "gate",
                  "scope",
                  "store")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.portcullis");

  @Test
  void packagesKnowOnlyWhatLiesUpstream() {
    MAY_KNOW.forEach((feature, known) -> {
      var forbidden =
          DescribedPredicate.<com.tngtech.archunit.core.domain.JavaClass>describe(
              "another part of ours",
              type -> {
                String name = type.getPackageName();
                if (!name.startsWith(ROOT)) {
                  return false;
                }
                String other = name.substring(ROOT.length()).replaceFirst("\\..*", "");
                return !other.equals(feature) && !known.contains(other);
              });
      noClasses()
          .that()
          .resideInAPackage(ROOT + feature + "..")
          .should()
          .dependOnClassesThat(forbidden)
          .because("the allowed are " + known)
          .allowEmptyShould(true)
          .check(CLASSES);
    });
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("dev.portcullis.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyStoreAndJournalNameJavaSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.portcullis.store..",
            "dev.portcullis.journal..",
            "dev.portcullis.recover..",
            "dev.portcullis.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.sql..")
        .check(CLASSES);
  }

  @Test
  void onlyTheRimNamesTheServerLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.portcullis.gate",
            "dev.portcullis.gate.listener..",
            "dev.portcullis.gate.upstream..",
            "dev.portcullis.gate.wire..",
            "dev.portcullis.api..",
            "dev.portcullis.console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "io.vertx..")
        .check(CLASSES);
  }

  @Test
  void onlyCryptoNamesTheCryptographicLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.portcullis.crypto..", "dev.portcullis.gate.authn..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.crypto..", "org.bouncycastle..", "com.nimbusds..")
        .check(CLASSES);
  }

  @Test
  void timeIsInjected() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.portcullis.cli..", "dev.portcullis.demo..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .callMethod(java.time.ZonedDateTime.class, "now")
        .because("a 72-hour clock is tested in milliseconds")
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIs() throws Exception {
    var silent = new ArrayList<Path>();
    try (var directories = Files.walk(Path.of("src/main/java/dev"))) {
      for (Path directory : (Iterable<Path>) directories.filter(Files::isDirectory)::iterator) {
        try (var files = Files.list(directory)) {
          List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
          if (!sources.isEmpty()
              && sources.stream().noneMatch(file -> file.endsWith("package-info.java"))) {
            silent.add(directory);
          }
        }
      }
    }
    assertThat(silent).as("packages without package-info.java").isEmpty();
  }
}
