package dev.portcullis.journal;

import dev.portcullis.config.AttestationSettings;
import dev.portcullis.config.WitnessSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Those that are configured, and the client they share. */
final class Attesters implements AutoCloseable {
  private final List<Attester> all;
  private final Optional<OutboundHttp> http;

  private Attesters(List<Attester> all, Optional<OutboundHttp> http) {
    this.all = all;
    this.http = http;
  }

  /** Throws {@link JournalException} where a witness's key is none. */
  static Attesters of(AttestationSettings settings, Path journal) {
    if (settings.witnesses().isEmpty() && settings.timestamp().isEmpty()) {
      return new Attesters(List.of(), Optional.empty());
    }
    var all = new ArrayList<Attester>();
    var http = new OutboundHttp();
    for (WitnessSettings witness : settings.witnesses()) {
      all.add(
          new Witness(
              witness.url(), WitnessKey.parse(witness.vkey()), settings.every(), journal, http));
    }
    settings
        .timestamp()
        .ifPresent(timestamp ->
            all.add(new TimestampAuthority(timestamp.url(), timestamp.every(), journal, http)));
    return new Attesters(List.copyOf(all), Optional.of(http));
  }

  List<Attester> all() {
    return all;
  }

  @Override
  public void close() {
    http.ifPresent(OutboundHttp::close);
  }
}
