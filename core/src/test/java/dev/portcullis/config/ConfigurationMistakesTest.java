package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of mistake is told with its place, with what was found and what would be right. In the
 * tables, § marks the place that must be told; each snippet is the beginning of a file that is
 * valid but for it.
 */
class ConfigurationMistakesTest {
  private static final String CONTROLLER = "controller: {name: a, contact: b}";
  private static final String ACME =
      "notification: {stakeholders: [{name: acme, role: partner, email: a@b}]}";

  @TempDir Path directory;

  private final List<DynamicTest> table = new ArrayList<>();

  private void wrong(String marked, String... words) {
    table.add(DynamicTest.dynamicTest(marked.replace('\n', ' '), () -> check(marked, words)));
  }

  private void check(String marked, String... words) throws Exception {
    int mark = marked.indexOf('§');
    int line = 1 + (int) marked.substring(0, mark).chars().filter(c -> c == '\n').count();
    int column = mark - marked.lastIndexOf('\n', mark);
    ConfigurationException e = new Sample(directory).mistakes(marked.replace("§", ""));
    assertThat(e.problems()).as(e.render()).hasSize(1);
    String told = e.problems().getFirst().render();
    String file = directory.resolve("portcullis.yaml").toString();
    assertThat(told).startsWith(file + ":" + line + ":" + column + ": ");
    assertThat(told).contains(words).contains("(expected: ");
  }

  @TestFactory
  List<DynamicTest> keysAndShapes() {
    wrong("§nodes: {}", "nodes: unknown key \"nodes\"; did you mean \"node\"?");
    wrong("limits: {§idleTimeout: 3s}", "did you mean \"idle-timeout\"?");
    wrong("limits: {§zebra: 3}", "unknown key \"zebra\" (expected: one of request-line");
    wrong("limits: {headers: 8KiB, §headers: 9KiB}", "stands twice, first on line 1");
    wrong("§<<: {a: b}", "merge keys are not supported", "written out");
    wrong("? §[a, b]\n: c", "a key that is a list or a map");
    wrong("limits: §[1]", "limits: is a list", "a map");
    wrong("limits: §3", "limits: is \"3\"", "a map");
    wrong("accounts: §{name: x}", "accounts: is no list", "a dash");
    wrong("accounts: [§x]", "accounts[0]: is \"x\"", "a map");
    wrong("node: §{}", "node.name: is missing", "letters, digits");
    wrong("§listeners: []", "listeners: is missing", "at least one");
    wrong("§routes:", "routes: is missing", "whatever matches no route is refused");
    return table;
  }

  @TestFactory
  List<DynamicTest> scalars() {
    wrong("limits: {header-timeout: §5 minutes}", "\"5 minutes\" is not a duration", "30s");
    wrong("limits: {header-timeout: §30}", "\"30\" has no unit", "ms, s, m, h, d");
    wrong("limits: {header-timeout: §9d}", "out of range", "between 100ms and 1h");
    wrong("limits: {headers: §64KB}", "\"64KB\" has an ambiguous unit", "64KiB");
    wrong("limits: {headers: §much}", "\"much\" is not a size", "1MiB");
    wrong("limits: {headers: §2MiB}", "out of range", "between 1KiB and 1MiB");
    wrong("limits: {connections: §0}", "\"0\" is out of range", "from 1 to 1000000");
    wrong("limits: {connections: §1e3}", "\"1e3\" is not a whole number");
    wrong("limits: {connections:§ }", "has no value", "a whole number");
    wrong("limits: {connections: §[3]}", "is a list", "a whole number");
    wrong("limits: {connections: §!x 3}", "begins with !");
    wrong("containment: {account-share: §20%}", "\"20%\" is not a number", "from 0 to 1");
    wrong("containment: {account-share: §1.5}", "\"1.5\" is out of range");
    wrong("detectors: {injection: {enabled: §yes}}", "\"yes\" is text in YAML 1.2", "true");
    wrong("detectors: {injection: {enabled: §1}}", "neither true nor false");
    wrong("node: {name: §\"${NOWHERE}\"}", "environment variable NOWHERE, which is not set");
    wrong("node: {name: §\"${a b}\"}", "no reference to an environment variable", "$${");
    wrong("node: {name: §\"${EMPTY}\"}", "\"${EMPTY}\" (from the environment) is empty");
    return table;
  }

  @TestFactory
  List<DynamicTest> nodeAndListeners() {
    wrong("node: {name: §gate 1}", "\"gate 1\" is not a name");
    wrong("node: {name: g, state: §~/x}", "begins with ~, which only shells expand");
    wrong("node: {name: g, state: §./a/b}", "/a\" does not exist", "whose parent exists");
    wrong("node: {name: g, state: §/}", "the root of the file system");
    wrong("node: {name: g, state: §./tls/key.pem}", "is a file");
    listener("8443", "is only a port", "0.0.0.0:8443");
    listener("':8443'", "has no host", "127.0.0.1:8443");
    listener("localhost", "has no port");
    listener("'localhost:65536'", "port that is out of range", "0 to 65535");
    listener("'http://localhost:1'", "is a URL, not an address");
    listener("'::1:8443'", "IPv6 address without brackets");
    listener("'a b:1'", "has a host that can't be one");
    listener("'127.0.0.1:8444'", "is taken: console.address");
    wrong(
        "listeners:\n  - {name: a, address: '0.0.0.0:80', tls: self-signed}\n"
            + "  - {name: b, address: §'127.0.0.1:80'}",
        "127.0.0.1:80 is taken: listeners[0].address is 0.0.0.0:80");
    wrong("console: {address: §'127.0.0.1:8443'}", "is taken: listeners[0].address");
    wrong("console: {tls: §none}", "\"none\" is not a certificate", "self-signed");
    wrong("console: {tls: §{key: ./tls/key.pem}}", "console.tls.certificate: is missing");
    wrong("console: {tls: {key: ./tls/key.pem, certificate: §c.pem}}", "c.pem\" is no file");
    return table;
  }

  private void listener(String address, String... words) {
    wrong("listeners: [{name: public, address: §" + address + "}]", words);
  }

  @TestFactory
  List<DynamicTest> upstreamsAndIdentity() {
    upstream("clinic.internal", "has no scheme that is spoken", "http://");
    upstream("'http://a/b'", "has more than scheme, host and port");
    upstream("'ftp://a'", "has no scheme that is spoken");
    upstream("'http://joe:hunter2@a'", "\"http://***@a\" has a user or password in it");
    upstream("'http://a:99999'", "out of range");
    upstream("'http://a b'", "is not a URL");
    upstream("'http:///'", "has no host");
    wrong(
        "upstreams:\n  - {name: clinic, url: 'http://a'}\n  - {name: §clinic, url: 'http://b'}",
        "\"clinic\" is also the name of upstreams[0]");
    wrong("accounts: [{name: §a b}]", "\"a b\" is not an account's name");
    wrong("accounts: [{name: a, scopes: [§'x y']}]", "\"x y\" is not a scope", "RFC 6749");
    wrong("accounts: [{name: a, scopes: [x, §x]}]", "\"x\" stands twice");
    issuer("algorithms: [§HS256]", "\"HS256\" is symmetric");
    issuer("algorithms: [§none]", "\"none\" lets unsigned tokens in");
    issuer("algorithms: [§ES255]", "did you mean \"ES256\"?");
    issuer("algorithms: §[]", "algorithms: is empty");
    issuer("clock-skew: §5m, algorithms: ES256", "between 0ms and 1m");
    wrong(
        "authentication: {issuers: [§{issuer: a, audience: b, keys: ./tls/jwks.json}]}",
        "algorithms: is missing");
    keys("'http://login.example.com/k'", "is not encrypted", "https://");
    keys("'ftp://login.example.com/k'", "no scheme that key sets are read from");
    keys("./nowhere.json", "is no file");
    return table;
  }

  private void upstream(String url, String... words) {
    wrong("upstreams: [{name: clinic, url: §" + url + "}]", words);
  }

  private void issuer(String entries, String... words) {
    wrong(
        "authentication: {issuers: [{issuer: a, audience: b, keys: ./tls/jwks.json, "
            + entries
            + "}]}",
        words);
  }

  private void keys(String keys, String... words) {
    wrong(
        "authentication: {issuers: [{issuer: a, audience: b, algorithms: ES256, keys: §"
            + keys
            + "}]}",
        words);
  }

  @TestFactory
  List<DynamicTest> routes() {
    route("inspection: §refused", "\"refused\" is unknown; did you mean \"refuse\"?");
    route("journal: {release: §later}", "one of before-response, flush-interval");
    route("body-limit: §5000GiB", "out of range", "64GiB");
    route("limit: {requests: §0, per: 1m}", "out of range");
    route("limit: §{requests: 5}", "limit.per: is missing");
    route("limit: {requests: 5, per: 1m, by: §key}", "credential, source, route");
    route("authentication: §[]", "is empty", "the word none");
    route("authentication: [§none, token]", "stands among others");
    route("authentication: §apikey", "did you mean \"api-key\"?");
    path("r", "does not begin with a slash");
    path("/r/", "ends with a slash");
    path("//r", "two slashes in a row");
    path("/../r", "a dot segment");
    path("/r*", "has a * where none may stand");
    path("/**/r", "has a * where none may stand");
    path("/{a}/{a}", "has the parameter {a} twice");
    path("/r{a}", "braces that are no parameter");
    path("/r?x=1", "a query or a fragment");
    path("/r%41", "a character that may not stand in it");
    path("/x".repeat(33), "33 segments", "at most 32");
    methods("§{}", "allows nothing");
    methods("{get: §[]}", "\"get\" is no method; did you mean \"GET\"?");
    methods("{TRACE: §[]}", "\"TRACE\" is never let through");
    methods("[§PSOT]", "did you mean \"POST\"?");
    wrong(
        """
        routes:
          - {name: a, path: '/a/{x}', upstream: clinic, methods: [GET]}
          - {name: b, path: §'/a/{y}', upstream: clinic, methods: [PUT]}
        """,
        "matches the same paths as routes[0]");
    wrong(
        "routes: [{name: a, path: /a, upstream: §clinik, methods: [GET]}]",
        "\"clinik\" is no upstream; did you mean \"clinic\"?",
        "one of clinic");
    wrong(
        "routes: [{name: a, path: /a, upstream: clinic, methods: §{GET: x}, authentication: none}]",
        "with `authentication: none` nobody has any");
    return table;
  }

  @TestFactory
  List<DynamicTest> dataOfRoutes() {
    route("data: {subject: §{id}}", "is a map, because braces without quotes");
    route("data: {subject: §'{no}'}", "\"{no}\" is no parameter of /r/{id}", "one of {id}");
    route("data: {subject: §id}", "\"id\" is no path parameter", "\"{id}\"");
    route("data: {subject: §$.id}", "those stand under `subjects`");
    route("data: {subjects: §id}", "does not begin with $", "$.id");
    route("data: {subjects: §$}", "names the whole body");
    route("data: {subjects: §'$.a[-1]'}", "counts from the end", "character 5", "[*]");
    route("data: {subjects: §'$.a[?(@.b)]'}", "has a filter");
    route("data: {subjects: §'$.a..'}", "has a . without a name (from character 6)");
    route("data: {subjects: §\"$['a]\"}", "a quote that is not closed");
    route("data: {subjects: §'$.a['}", "no selector (from character 5)");
    route("data: {request: {subjects: §id}}", "routes[0].data.request.subjects", "$.id");
    route("data: {openapi: §./none.yaml}", "there is no such file");
    route("data: {subjects: §'$" + "[0]".repeat(33) + "'}", "33 steps", "at most 32");
    route("data: {classes: §[a]}", "is no map", "from data class to JSON paths");
    route("data: {classes: {Health Data: §$.a}}", "not in kebab case");
    route("data: {classes: {health:§ }}", "has no JSON path");
    return table;
  }

  private void route(String entries, String... words) {
    wrong(
        "routes:\n  - {name: r, path: '/r/{id}', upstream: clinic, methods: [GET],\n     "
            + entries
            + "}",
        words);
  }

  private void path(String path, String... words) {
    wrong("routes: [{name: a, upstream: clinic, methods: [GET], path: §'" + path + "'}]", words);
  }

  private void methods(String methods, String... words) {
    wrong("routes: [{name: a, upstream: clinic, path: /a, methods: " + methods + "}]", words);
  }

  @TestFactory
  List<DynamicTest> playbooks() {
    playbook("steps: []", "steps: is missing");
    playbook("steps: [§contain]", "needs to know what", "contain: credential");
    playbook("steps: [{§contian: account}]", "did you mean \"contain\"?");
    playbook("steps: [contain: §accont]", "did you mean \"account\"?");
    playbook("steps: [§notfy]", "\"notfy\" is no step; did you mean \"notify\"?");
    playbook("steps: [{scope:§ }]", "is a step without settings", "- scope");
    playbook("steps: [{contain: route, restore: §x}]", "a second step in one entry");
    playbook("steps: [restore: §db]", "\"db\" is no asset", "there is none yet");
    playbook("steps: [{restore: {asset: §db}}]", "\"db\" is no asset");
    playbook("on: §[], steps: [scope]", "on: is empty");
    playbook("on: §injecton, steps: [scope]", "did you mean \"injection\"?");
    return table;
  }

  private void playbook(String entries, String... words) {
    String start = entries.contains("§") ? "" : "§";
    wrong("playbooks: [" + start + "{name: other, " + entries + "}]", words);
  }

  @TestFactory
  List<DynamicTest> dutiesAndAssets() {
    wrong("obligations: {rules: [§gdpr-35], " + CONTROLLER + "}", "one of gdpr-33, gdpr-34");
    wrong("obligations: §{rules: [gdpr-33]}", "controller: is missing", "Art. 33(3)(b)");
    contract("{id: c, recipient: acme, within: §1s, clause: x}", "out of range");
    contract("{id: c, recipient: §acne, within: 1h, clause: x}", "no stakeholder; did you mean");
    contract("§{id: c, recipient: acme, within: 1h}", "clause: is missing");
    wrong(
        "obligations: {rules: gdpr-33, contracts: [{id: §gdpr-33, recipient: acme, within: 1h,"
            + " clause: x}], "
            + CONTROLLER
            + "}\n"
            + ACME,
        "is also a rule");
    mail("server: §'mail:0', from: a@b", "out of range", "1 to 65535");
    mail("server: 'mail:25', from: §me", "\"me\" is not an e-mail address");
    mail(
        "server: 'mail:25', from: a@b, login: {user: u, password-variable: §NO_SUCH}",
        "the environment variable NO_SUCH is not set");
    wrong("notification: {sending: §auto}", "one of after-approval, automatic");
    wrong(
        "notification: {stakeholders: [{name: a, role: §The Boss, email: a@b}]}",
        "not in kebab case");
    asset("{name: d, kind: §mysql, path: a, upstream: clinic, backup: {to: b}}", "one of sqlite");
    asset("§{name: d, kind: sqlite, path: a, upstream: clinic}", "backup: is missing");
    asset("{name: d, kind: sqlite, path: a, upstream: clinic, backup: {to: §a}}", "asset itself");
    asset("{name: d, kind: sqlite, path: a, upstream: §x, backup: {to: b}}", "is no upstream");
    asset(
        "{name: d, kind: directory, path: a, upstream: clinic, backup: {to: §b}}",
        "is for SQLite alone");
    asset(
        "{name: d, kind: sqlite, path: a, upstream: clinic, backup: {destinations: §nas}}",
        "\"nas\" is no destination");
    stored(
        "{name: d, kind: sqlite, path: a, upstream: clinic, backup: {to: §b, destinations: nas}}",
        "stands beside destinations");
    stored(
        "{name: d, kind: postgresql, connection: §'host=a password=b', upstream: clinic,"
            + " backup: {destinations: nas}}",
        "holds a password");
    stored(
        "§{name: d, kind: command, upstream: clinic, backup: {destinations: nas}}",
        "command: is missing");
    return table;
  }

  private void contract(String contract, String... words) {
    wrong("obligations: {contracts: [" + contract + "], " + CONTROLLER + "}\n" + ACME, words);
  }

  private void mail(String entries, String... words) {
    wrong("notification: {smtp: {" + entries + "}}", words);
  }

  private void stored(String asset, String... words) {
    wrong("destinations: [{name: nas, kind: directory, path: .}]\nassets: [" + asset + "]", words);
  }

  private void asset(String asset, String... words) {
    wrong("assets: [" + asset + "]", words);
  }
}
