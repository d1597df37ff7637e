/// What a credential type is ([dev.intaglio.credential.CredentialDefinition], data in a file), what its formats are
/// ([dev.intaglio.credential.CredentialFormat] makes, [dev.intaglio.credential.CredentialVerifier] checks), and the
/// few things that go into one credential: dataset, holder key, status reference. Begin with the definition; the
/// bytes of each format are in a package of its own beside this one.
@NullMarked
package dev.intaglio.credential;

import org.jspecify.annotations.NullMarked;
