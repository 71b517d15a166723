package dev.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium. Where there is none the test is skipped, except in CI, where that is a failure.
 */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one with a profile of its own. */
  public static Browser start() throws Exception {
    boolean there = Files.exists(CHROMIUM) && Files.exists(DRIVER);
    if (System.getenv("CI") != null) {
      assertThat(there).as("chromium and chromium-driver are installed in CI").isTrue();
    }
    assumeTrue(there, "needs the packages chromium and chromium-driver");
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.WARNING);
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.setAcceptInsecureCerts(true);
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1200,1500",
        "--user-data-dir=" + Files.createTempDirectory("portcullis-browser"));
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Goes there. */
  public void open(String url) {
    driver.get(url);
  }

  /** Of the page. */
  public String title() {
    return String.valueOf(driver.getTitle());
  }

  void logIn(String name, String password) {
    driver.findElement(By.id("name")).sendKeys(name);
    driver.findElement(By.id("password")).sendKeys(password);
    driver.findElement(By.cssSelector("main form button")).click();
  }

  /** Decides on a pivot of the page's incident. */
  void decide(String pivot, String reason, String verdict) {
    driver.findElement(By.id("pivot-" + pivot)).sendKeys(reason);
    driver
        .findElement(
            By.cssSelector("form[action$='/pivots/" + pivot + "'] button[value=" + verdict + "]"))
        .click();
  }

  /** What a reader sees. */
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  String awaitText(String expected) {
    new WebDriverWait(driver, PATIENCE).until(any -> text().contains(expected));
    return text();
  }

  void awaitElement(String selector) {
    new WebDriverWait(driver, PATIENCE)
        .until(any -> !driver.findElements(By.cssSelector(selector)).isEmpty());
  }

  /** Waits until the first such element's text matches. */
  void awaitMatch(String selector, String pattern) {
    new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(any -> driver.findElement(By.cssSelector(selector)).getText().matches(pattern));
  }

  /** Scrolls there. */
  void show(String selector) {
    driver.executeScript(
        "arguments[0].scrollIntoView({block: 'center'})",
        driver.findElement(By.cssSelector(selector)));
  }

  /** Into target/screenshots. */
  public void screenshot(String name) throws Exception {
    Path place = Path.of("target/screenshots");
    Files.createDirectories(place);
    Files.copy(
        driver.getScreenshotAs(OutputType.FILE).toPath(),
        place.resolve(name + ".png"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * What the browser complained about: scripts, styles, the security policy. The refused login is
   * none.
   */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getMessage())
        .filter(message -> !message.contains("401"))
        .filter(message -> !message.contains("favicon"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
