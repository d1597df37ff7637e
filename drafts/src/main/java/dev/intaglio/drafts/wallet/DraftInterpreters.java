package dev.intaglio.drafts.wallet;

import dev.intaglio.protocol.dialect.Interpreter;
import dev.intaglio.protocol.dialect.InterpreterProvider;
import dev.intaglio.protocol.http.Handler;

/// Brings the drafts to a wallet.
public final class DraftInterpreters implements InterpreterProvider {
    @Override
    public Interpreter around(Handler transport) {
        return new DraftTransport(transport);
    }
}
