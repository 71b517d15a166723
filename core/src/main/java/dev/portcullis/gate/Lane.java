package dev.portcullis.gate;

import dev.portcullis.gate.upstream.UpstreamPool;
import dev.portcullis.gate.wire.Deadlines;
import io.netty.channel.EventLoop;
import java.util.List;

/**
 * What one event loop owns: its upstream connections and its deadlines. A client's connection and
 * the upstream connections that serve it live on the same one, so that a request changes threads
 * only to be recorded.
 *
 * @param pools in the order of the configured upstreams
 */
public record Lane(EventLoop loop, Deadlines deadlines, List<UpstreamPool> pools) {}
