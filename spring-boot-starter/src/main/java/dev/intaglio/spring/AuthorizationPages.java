package dev.intaglio.spring;

import dev.intaglio.protocol.http.Handler;

/// What stands around the authorization endpoint, to which people come with their browsers: an application's bean of this
/// type can tie the browser to the interaction it is sent to, and can say in a page what would otherwise be a JSON error.
/// Without such a bean the endpoint answers as it is.
///
/// ```java
/// AuthorizationPages pages = endpoint -> request -> {
///     var answer = endpoint.handle(request);
///     return answer.status() == 400 ? page(answer) : answer;
/// };
/// ```
@FunctionalInterface
public interface AuthorizationPages {
    /// Called once, at start.
    Handler around(Handler authorizationEndpoint);
}
