/// The notification endpoint (§11): wallets tell what became of their credentials.
@NullMarked
package dev.intaglio.issuer.notification;

import org.jspecify.annotations.NullMarked;
