package dev.portcullis.gate.listener;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** ClientHellos, octet by octet. */
final class Hellos {
  private final List<byte[]> extensions = new ArrayList<>();
  private int[] ciphers = {0x1301};
  private int version = 0x0303;
  private boolean hasExtensions = true;

  /** The one that FoxIO's description of JA4 takes as its example, GREASE added. */
  static byte[] example() {
    return new Hellos()
        .ciphers("0a0a,1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035")
        .extension(0x3a3a, new byte[0])
        .extension(0x001b, bytes("020002"))
        .extension(0x0000, bytes("000e00000b6578616d706c652e636f6d"))
        .extension(0x0033, bytes("0000"))
        .alpn("h2", "http/1.1")
        .extension(0x4469, bytes("0003026832"))
        .extension(0x0017, new byte[0])
        .extension(0x002d, bytes("0101"))
        .signatures("2a2a,0403,0804,0401,0503,0805,0501,0806,0601")
        .extension(0x0005, bytes("0100000000"))
        .extension(0x0023, new byte[0])
        .extension(0x0012, new byte[0])
        .extension(0x002b, bytes("06eaea03040303"))
        .extension(0xff01, bytes("00"))
        .extension(0x000b, bytes("0100"))
        .extension(0x000a, bytes("00020a1d"))
        .extension(0x0015, new byte[128])
        .message();
  }

  Hellos ciphers(String hexadecimal) {
    ciphers = numbers(hexadecimal);
    return this;
  }

  Hellos version(int legacy) {
    version = legacy;
    return this;
  }

  Hellos withoutExtensions() {
    hasExtensions = false;
    return this;
  }

  Hellos extension(int type, byte[] data) {
    extensions.add(joined(two(type), two(data.length), data));
    return this;
  }

  Hellos signatures(String hexadecimal) {
    byte[] list = octets(numbers(hexadecimal));
    return extension(0x000d, joined(two(list.length), list));
  }

  Hellos alpn(String... names) {
    var lengths = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      lengths[i] = names[i].getBytes(StandardCharsets.ISO_8859_1);
    }
    return alpn(lengths);
  }

  Hellos alpn(byte[]... names) {
    byte[] list = {};
    for (byte[] name : names) {
      list = joined(list, new byte[] {(byte) name.length}, name);
    }
    return extension(0x0010, joined(two(list.length), list));
  }

  /** The handshake message. */
  byte[] message() {
    byte[] offered = octets(ciphers);
    byte[] all = joined(extensions.toArray(byte[][]::new));
    byte[] body =
        joined(
            two(version),
            new byte[32],
            new byte[] {32},
            new byte[32],
            two(offered.length),
            offered,
            new byte[] {1, 0},
            hasExtensions ? joined(two(all.length), all) : new byte[0]);
    return joined(new byte[] {1, (byte) (body.length >> 16)}, two(body.length), body);
  }

  /** In records that hold so many octets at most. */
  static byte[] records(byte[] message, int most) {
    byte[] out = {};
    for (int from = 0; from < message.length; from += most) {
      int length = Math.min(most, message.length - from);
      var part = new byte[length];
      System.arraycopy(message, from, part, 0, length);
      out = joined(out, new byte[] {22, 3, 1}, two(length), part);
    }
    return out;
  }

  static byte[] bytes(String hexadecimal) {
    return HexFormat.of().parseHex(hexadecimal);
  }

  static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] two(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }

  private static byte[] octets(int[] numbers) {
    var out = new byte[2 * numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      out[2 * i] = (byte) (numbers[i] >> 8);
      out[2 * i + 1] = (byte) numbers[i];
    }
    return out;
  }

  private static int[] numbers(String hexadecimal) {
    if (hexadecimal.isEmpty()) {
      return new int[0];
    }
    return List.of(hexadecimal.split(",")).stream()
        .mapToInt(each -> Integer.parseInt(each, 16))
        .toArray();
  }
}
