package dev.intaglio.server.login;

/// Why a person cannot go on, where the wallet must not or cannot be told.
///
/// @see AuthorizationBrowser for those the authorization endpoint finds
enum Trouble {
    /// The wallet's `client_id` or attestation is none we know.
    UNKNOWN_WALLET("unknown-wallet"),
    /// The wallet's request is wrong, and where the answer should go is in doubt.
    WRONG_REQUEST("wrong-request"),
    /// The `request_uri` is unknown, used, or too old.
    STALE_LINK("stale-link"),
    /// The interaction is unknown, or took too long.
    OVER("over"),
    /// The interaction has its answer.
    ANSWERED("answered"),
    /// The interaction was begun by another browser, or this one keeps no cookies.
    ELSEWHERE("elsewhere"),
    /// The form is not ours, or one from before.
    OLD_FORM("old-form"),
    /// We failed.
    FAULT("fault");

    private final String key;

    Trouble(String key) {
        this.key = key;
    }

    /// Of its texts.
    String key() {
        return key;
    }

    /// Ends the handling of a request with the page about it.
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Trouble trouble;

        Stop(Trouble trouble) {
            super(trouble.key, null, false, false);
            this.trouble = trouble;
        }

        Trouble trouble() {
            return trouble;
        }
    }
}
