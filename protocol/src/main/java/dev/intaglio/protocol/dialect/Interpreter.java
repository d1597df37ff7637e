package dev.intaglio.protocol.dialect;

import dev.intaglio.protocol.http.Handler;
import java.util.Optional;

/// Stands between a wallet, which speaks the standard, and issuers, some of which do not. Good for one transport; remembers
/// what each issuer speaks.
public interface Interpreter {
    /// The transport to give to the wallet.
    Handler transport();

    /// A Credential Offer's link as the standard has it. A link that is standard already, or that nobody understands, stays as
    /// it is.
    String link(String link);

    /// What the issuer last spoken to speaks, such as the name of a draft; empty for the standard.
    Optional<String> spoken();
}
