package dev.portcullis.recover;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What opens the engine's repositories.
 *
 * @param passwordFile makes, at first use, the file with the repositories' password, and names it
 * @param variables of this process's environment, for the keys to a bucket
 */
public record EngineKeys(
    java.util.function.Supplier<Path> passwordFile, Function<String, Optional<String>> variables) {}
