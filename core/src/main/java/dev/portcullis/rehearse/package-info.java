/**
 * Rehearsed breaches: scenarios as data, played in virtual time against the real detectors and the
 * default playbook's containment. No sockets, no clock, no store. May depend on {@code config},
 * {@code detect}, {@code journal} and {@code scope}.
 *
 * <p>Start reading at {@code Rehearsal}; docs/scenarios.md explains the files.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.rehearse;
