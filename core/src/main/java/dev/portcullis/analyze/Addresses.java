package dev.portcullis.analyze;

/** Numeric addresses: what may stand in a command. */
final class Addresses {
  private Addresses() {}

  static boolean isNumeric(String text) {
    boolean four = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    return four
        || (text.length() <= 45 && text.matches("[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}"));
  }

  /** Not routed in the Internet: RFC 1918, loopback, unique local, link local. */
  static boolean isPrivate(String address) {
    return address.startsWith("10.")
        || address.startsWith("192.168.")
        || address.startsWith("127.")
        || address.startsWith("169.254.")
        || address.matches("172\\.(1[6-9]|2\\d|3[01])\\..*")
        || address.equals("::1")
        || address.matches("(?i)(f[cd]|fe8).*:.*");
  }
}
