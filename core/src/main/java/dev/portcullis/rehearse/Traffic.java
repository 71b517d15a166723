package dev.portcullis.rehearse;

import java.time.Duration;
import java.util.Optional;

/**
 * Requests of one kind by one group.
 *
 * @param name of the group
 * @param route they go to
 * @param method of them
 * @param bytes of a response
 * @param client software of its members; see {@link Software}
 * @param finding category that the inspection would find in each, if any
 * @param refused whether the inspection refuses what it finds
 * @param loginSuccess share of log-in attempts that succeed, where these are attempts
 * @param timing when
 * @param actors who
 * @param sources from where
 * @param objects whose data
 */
record Traffic(
    String name,
    String route,
    String method,
    long bytes,
    Optional<String> client,
    Optional<String> finding,
    boolean refused,
    Optional<Double> loginSuccess,
    Timing timing,
    Actors actors,
    Sources sources,
    Optional<Objects> objects) {

  /**
   * When.
   *
   * @param starts after the scenario's begin, which is a Monday, 00:00 UTC
   * @param every between two requests of the whole group
   * @param human gaps that vary, around {@code every}
   * @param from hour of day at which people begin
   * @param to hour of day at which they end; 24 with {@code from} 0: all day
   * @param requests in one go
   * @param repeats goes
   * @param repeatEvery from the start of one go to the next
   */
  record Timing(
      Duration starts,
      Duration every,
      boolean human,
      int from,
      int to,
      int requests,
      int repeats,
      Duration repeatEvery) {}

  /**
   * Who.
   *
   * @param accounts of its own, each with a credential; 0 and no {@code uses}: anonymous
   * @param uses name of the traffic whose credentials are used (stolen, or the same people's)
   * @param take how many of these
   * @param oneByOne each account does its share before the next begins
   * @param afterLogin only accounts whose log-in was answered act; the others' turns pass
   */
  record Actors(
      int accounts, Optional<String> uses, int take, boolean oneByOne, boolean afterLogin) {}

  /** How a group's addresses change. */
  enum Change {
    /** With every request, in turn. */
    REQUEST,
    /** Each account has its own. */
    ACCOUNT,
    /** One after the other, each for its share of the requests. */
    TURNS
  }

  /**
   * From where.
   *
   * @param count of addresses, each in a network of its own unless {@code near}
   * @param change between them
   * @param at name of the traffic whose addresses they are
   * @param near whether all are in one /24
   */
  record Sources(int count, Change change, Optional<String> at, boolean near) {}

  /** Which objects are asked for. */
  enum Pick {
    /** One after the other. */
    NEXT,
    /** Any, evenly. */
    RANDOM,
    /** The account's own few. */
    OWN,
    /** A few that everybody looks at. */
    POPULAR,
    /** What accounts of another group own, each the first of its own. */
    OTHERS
  }

  /**
   * Whose data.
   *
   * @param of name of the pool; the same name is the same people
   * @param pool its size
   * @param pick which
   * @param own size of an account's own few, or of the popular few
   * @param fresh share of requests that leave them for any object of the pool
   * @param perResponse subjects in one response
   * @param hits share of requests that find something; the others get 404
   */
  record Objects(
      String of, int pool, Pick pick, int own, double fresh, int perResponse, double hits) {}
}
