package dev.portcullis.demo;

/**
 * An API key as a client sends it.
 *
 * @param header that carries it, such as {@code X-Api-Key}
 * @param secret never shown
 */
public record ApiKey(String header, String secret) {
  @Override
  public String toString() {
    return "ApiKey[" + header + "]";
  }
}
