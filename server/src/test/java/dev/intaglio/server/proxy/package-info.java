/// What proxies may say, and who is believed.
@NullMarked
package dev.intaglio.server.proxy;

import org.jspecify.annotations.NullMarked;
