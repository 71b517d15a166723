package dev.portcullis.config;

import java.nio.file.Path;

/**
 * The node itself. YAML: {@code node: {name: gate-1, state: ./state}}.
 *
 * @param name shown to people and written into checkpoints' origin
 * @param state directory of store, journal and keys
 */
public record NodeSettings(String name, Path state) {}
