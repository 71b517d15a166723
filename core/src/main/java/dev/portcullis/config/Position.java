package dev.portcullis.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A place in the file.
 *
 * @param line from 1
 * @param column from 1
 */
record Position(int line, int column) {
  /** Where the file begins. */
  static final Position START = new Position(1, 1);

  static Position of(Optional<Mark> mark) {
    return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1)).orElse(START);
  }
}
