/// Notifications, there and back.
@NullMarked
package dev.intaglio.protocol.notification;

import org.jspecify.annotations.NullMarked;
