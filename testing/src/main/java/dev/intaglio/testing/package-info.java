/// A whole issuer in memory and a wallet that can get everything wrong. [dev.intaglio.testing.TestIssuer] is for those who
/// test a wallet: an issuer and its authorization server behind one handler, at a time of the test's choosing.
/// [dev.intaglio.testing.TestWallet] is for those who test an issuer: it sends the messages of the standard, and lets a test
/// alter any part of any of them. The contracts of stores are next door, in `dev.intaglio.testing.store`.
@NullMarked
package dev.intaglio.testing;

import org.jspecify.annotations.NullMarked;
