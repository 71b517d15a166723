package dev.portcullis.gate.blocklist;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Networks of one address family as a binary tree over the bits of their prefixes: a look-up costs
 * at most as many steps as an address has bits, however many networks there are. Filled once, then
 * only read.
 */
final class PrefixTree {
  private @Nullable Restriction here;
  private @Nullable PrefixTree zero;
  private @Nullable PrefixTree one;

  void put(byte[] address, int bits, Restriction restriction) {
    PrefixTree node = this;
    for (int bit = 0; bit < bits; bit++) {
      PrefixTree next = isSet(address, bit) ? node.one : node.zero;
      if (next == null) {
        next = new PrefixTree();
        if (isSet(address, bit)) {
          node.one = next;
        } else {
          node.zero = next;
        }
      }
      node = next;
    }
    node.here = restriction;
  }

  /** The widest network that holds the address. */
  Optional<Restriction> find(byte[] address) {
    PrefixTree node = this;
    for (int bit = 0; node != null; bit++) {
      if (node.here != null) {
        return Optional.of(node.here);
      }
      if (bit == 8 * address.length) {
        break;
      }
      node = isSet(address, bit) ? node.one : node.zero;
    }
    return Optional.empty();
  }

  boolean isEmpty() {
    return here == null && zero == null && one == null;
  }

  private static boolean isSet(byte[] address, int bit) {
    return (address[bit >> 3] >> (7 - (bit & 7)) & 1) != 0;
  }
}
