package dev.portcullis.journal;

/**
 * The public keys of a journal as somebody checks them who trusts one: that one, and those that it
 * handed over to.
 */
public final class TrustedKeys {
  private final VerifierKey first;
  private final String rotations;
  private final KeyChain chain;

  private TrustedKeys(VerifierKey first, String rotations, KeyChain chain) {
    this.first = first;
    this.rotations = rotations;
    this.chain = chain;
  }

  /**
   * From one key on.
   *
   * @param vkey a C2SP verifier key
   * @param rotations what {@code journal.keys} holds; empty if there is none
   * @throws JournalException if it is no key, or the chain from it on is broken
   */
  public static TrustedKeys of(String vkey, String rotations) {
    var first = VerifierKey.parse(vkey);
    var chain = KeyChain.of(rotations, first);
    chain
        .broken()
        .ifPresent(problem -> {
          throw new JournalException(problem);
        });
    return new TrustedKeys(first, rotations, chain);
  }

  /** The one that is trusted. */
  public VerifierKey first() {
    return first;
  }

  /** The one that signs now. */
  public VerifierKey last() {
    return chain.last();
  }

  /** How the first handed over to the last: what {@code journal.keys} holds. */
  public String rotations() {
    return rotations;
  }

  boolean signed(Checkpoint checkpoint) {
    return chain.signed(checkpoint);
  }
}
