package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that got into the file, or stands in the environment, is never told again. */
class ConfigurationSecretsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: hunter2",
        "node: {name: x, password: hunter2, other: 1}",
        "node: {name: x, api_key: hunter2}",
        "node:\n  name: x\n  secret:\n    hunter2",
        "node:\n  name: x\n  client-secret: |\n    hunter2\n",
        "node:\n  name: x\n  password: [hunter2\nx: y\n",
        "node:\n  name: x\n  password:\n    hunter2: x: y\n",
        "password: *hunter2",
        "password: !hunter2!x y",
        "password: \"hunter2",
        "upstreams: [{name: clinic, url: 'http://joe:hunter2@clinic'}]",
        "upstreams: [{name: clinic, url: 'http://joe:hunter2@clinic', nmae: x}]",
        "node: {name: '${HIDDEN}!'}",
        "node: {name: x, state: '/nowhere-${HIDDEN}!/x/~', stat: x}",
        "notification: {smtp: {server: 'm:1', from: a@b, login: {user: u, password: hunter2}}}",
        "notification: {smtp: {server: 'm:1', from: a@b, login: {user: u,"
            + " password-variable: hunter2}}}",
        "console: {tls: {certificate: ./tls/chain.pem, key: \"-----BEGIN PRIVATE KEY-----"
            + " hunter2\"}}",
      })
  void isNotRepeated(String snippet) throws Exception {
    ConfigurationException e = new Sample(directory).mistakes(snippet);
    assertThat(e.problems()).isNotEmpty();
    assertThat(e.render()).doesNotContain("hunter2");
    assertThat(e.toString()).doesNotContain("hunter2");
    assertThat(e.problems().toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"node: {nmae: gate-1}", "node: {name: a b}"})
  void whatIsNoSecretIsShown(String snippet) throws Exception {
    String line = new Sample(directory).mistakes(snippet).problems().getFirst().source();
    assertThat(line).isEqualTo(snippet);
  }
}
