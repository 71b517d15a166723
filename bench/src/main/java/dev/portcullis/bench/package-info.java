/** Measurements, each a program; never shipped. {@code bench/README.md} holds what they found. */
@org.jspecify.annotations.NullMarked
package dev.portcullis.bench;
