package dev.intaglio.cli;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// The file of a credential type that somebody named on the command line.
final class TypeFile {
    private TypeFile() {}

    /// @param file as typed
    /// @throws CredentialDefinitionException naming the line of what cannot be used
    static CredentialDefinition read(Terminal terminal, String file) {
        try {
            return CredentialDefinition.load(terminal.path(file));
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    unreadable instanceof NoSuchFileException
                            ? "there is no file " + file
                            : "cannot read " + file + ": " + unreadable,
                    "A credential type is a file in YAML or JSON; docs/formats.md says what it can have.",
                    unreadable);
        }
    }
}
