package dev.portcullis.demo;

import dev.portcullis.app.OwnerFile;
import dev.portcullis.identity.Credentials;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** The clinics' API keys, kept as clients keep theirs: in a file of their own. */
final class DemoKeys {
  private static final String HEADER = "X-API-Key";
  private final Properties keys;

  private DemoKeys(Properties keys) {
    this.keys = keys;
  }

  /** Those of an interrupted run, or fresh ones. */
  static DemoKeys open(Path file, Credentials credentials) throws IOException {
    var keys = new Properties();
    if (Files.exists(file)) {
      keys.load(new StringReader(Files.readString(file)));
      return new DemoKeys(keys);
    }
    for (String clinic : ClinicApi.clinics()) {
      var issued = credentials.issueApiKey(clinic, Optional.empty());
      keys.setProperty(clinic, issued.secret());
      keys.setProperty(clinic + ".id", issued.credential().id());
    }
    var text = new StringWriter();
    keys.store(text, "API keys of the demo's clinics");
    OwnerFile.write(file, text.toString());
    return new DemoKeys(keys);
  }

  ApiKey of(String clinic) {
    return new ApiKey(HEADER, keys.getProperty(clinic, ""));
  }

  String idOf(String clinic) {
    return keys.getProperty(clinic + ".id", "");
  }
}
