/// What every store must do, as abstract test classes: extend one per store, give it the store, and run it. Where a store
/// promises that one of many callers wins, fifty are let go at once ([dev.intaglio.testing.store.Race]).
/// [dev.intaglio.testing.store.InMemoryStores] is the smallest thing that passes; it is for tests and forgets everything
/// at exit.
@NullMarked
package dev.intaglio.testing.store;

import org.jspecify.annotations.NullMarked;
