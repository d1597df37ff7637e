package dev.intaglio.protocol.http;

/// Answers a request. A server endpoint, a client's transport, and whatever is wrapped around either (a draft's
/// translation, a metric, a rehearsed fault) all have this shape. May block; is called from many threads.
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
