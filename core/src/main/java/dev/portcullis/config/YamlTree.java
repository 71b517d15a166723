package dev.portcullis.config;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Text to YAML nodes with marks. Events are counted first, so that a document that is nested too
 * deep or is a bomb of aliases is refused before the recursive composer sees it.
 */
final class YamlTree {
  /** Levels; the deepest legal document has seven. */
  static final int MAX_DEPTH = 32;

  /** References to anchors in one document. */
  static final int MAX_ALIASES = 100;

  private static final String VALID_YAML =
      "valid YAML; most often a quote, a colon or the indentation is wrong here or just above";

  /**
   * What the library says in a parser's words, in a user's: its beginning, what is wrong, right.
   */
  private static final Map<String, String[]> TRANSLATIONS =
      Map.of(
          "found undefined alias",
          new String[] {
            "an unquoted value that begins with * refers to an anchor, and there is none of that"
                + " name",
            "the value in quotes"
          },
          "found undefined tag handle",
          new String[] {"an unquoted value begins with !", "the value in quotes"},
          "found unexpected end of stream",
          new String[] {"the file ends within quotes", "a closing quote"},
          "mapping values are not allowed here",
          new String[] {
            "a second colon in an unquoted value, or a key that is indented wrongly",
            "the value in quotes, and keys of one map below each other"
          },
          "but found another document",
          new String[] {
            "a second document begins (---)", "one document; one file configures one node"
          });

  private YamlTree() {}

  /** The root; empty if the document is empty or its problem was reported. */
  static Optional<Node> compose(Reading reading) {
    return compose(reading, MAX_DEPTH, "the shape that docs/configuration.md shows");
  }

  static Optional<Node> compose(Reading reading, int depth, String shape) {
    String text = reading.source().text();
    var settings =
        LoadSettings.builder()
            .setLabel(reading.source().file().toString())
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(Math.max(SourceText.MAX_SIZE, text.length()))
            .build();
    try {
      return isBounded(new Parse(settings).parseString(text), reading, depth, shape)
          ? new Compose(settings).composeString(text)
          : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      report(e, reading);
    } catch (ReaderException e) {
      Position at = position(text, e.getPosition());
      reading.problem(
          at,
          "",
          "the character U+%04X may not stand in YAML".formatted(e.getCodePoint()),
          "printable text; delete the character and type the line anew");
    } catch (YamlEngineException e) {
      reading.problem(Position.START, "", "this is not valid YAML 1.2", VALID_YAML);
    }
    return Optional.empty();
  }

  private static boolean isBounded(
      Iterable<Event> events, Reading reading, int most, String shape) {
    int depth = 0;
    int aliases = 0;
    for (Event event : events) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias -> aliases++;
        default -> {}
      }
      if (depth > most) {
        reading.problem(
            Position.of(event.getStartMark()), "", "nested deeper than " + most + " levels", shape);
        return false;
      }
      if (aliases > MAX_ALIASES) {
        reading.problem(
            Position.of(event.getStartMark()),
            "",
            "more than " + MAX_ALIASES + " references to anchors (*name)",
            "at most " + MAX_ALIASES + "; write the values out");
        return false;
      }
    }
    return true;
  }

  private static void report(MarkedYamlEngineException e, Reading reading) {
    Position at = Position.of(e.getProblemMark().or(e::getContextMark));
    if (reading.source().text().codePointCount(0, reading.source().text().length()) > 0
        && e.getProblemMark().filter(mark -> isTab(mark)).isPresent()) {
      reading.problem(
          at, "", "a tab indents this line", "spaces: YAML forbids tabs in indentation");
      return;
    }
    String said = String.valueOf(e.getProblem());
    for (var translation : TRANSLATIONS.entrySet()) {
      if (said.startsWith(translation.getKey())) {
        String[] words = translation.getValue();
        reading.problem(at, "", words[0], words[1]);
        return;
      }
    }
    String start =
        e.getContextMark()
            .map(mark -> ", in what begins on line " + (mark.getLine() + 1))
            .orElse("");
    // The library's words may quote what stands there; on a line with a secret they are not used.
    String wrong =
        reading.source().secret(at.line())
            ? "this is not valid YAML" + start
            : Masking.abridged(said.replaceFirst("\\. \\(Do not use.*", "")) + start;
    reading.problem(at, "", wrong, VALID_YAML);
  }

  private static boolean isTab(Mark mark) {
    return mark.getPointer() < mark.getBuffer().length
        && mark.getBuffer()[mark.getPointer()] == '\t';
  }

  private static Position position(String text, int codePoints) {
    int end =
        text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    int lineStart = text.lastIndexOf('\n', Math.max(0, end - 1)) + 1;
    int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    return new Position(line, 1 + text.codePointCount(Math.min(lineStart, end), end));
  }
}
