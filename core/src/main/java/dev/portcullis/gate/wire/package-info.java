/**
 * HTTP/1.1 messages on the wire (RFC 9112), read strictly: whatever two servers could read in two
 * ways is no message at all. Both rims use it, towards clients and towards upstreams. Knows nothing
 * of routes or controls.
 *
 * <p>Start reading at {@code HeadReader}, then {@code RequestMessage}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.wire;
