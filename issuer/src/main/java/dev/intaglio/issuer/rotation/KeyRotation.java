package dev.intaglio.issuer.rotation;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Issuances.SignedBy;
import dev.intaglio.issuer.store.KeyStates;
import dev.intaglio.issuer.store.KeyStates.KeyState;
import dev.intaglio.issuer.store.KeyStates.State;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Rotates signing keys without a restart: a key is staged (published), activated (signs, the one before retires), and retired for
/// good when nothing it signed is valid any more; an activation can be rolled back. Each step is in the issuance log.
public final class KeyRotation {
    private final RotatingKeyRing ring;
    private final KeyStates states;
    private final Issuances issuances;
    private final List<CredentialDefinition> definitions;
    private final CredentialFormats formats;
    private final Duration publishedBefore;
    private final LogEvents words;
    private final Clock clock;

    /// @param publishedBefore how long a key is published before it signs, so that others' copies of our keys have it
    public KeyRotation(
            RotatingKeyRing ring,
            KeyStates states,
            Issuances issuances,
            List<CredentialDefinition> definitions,
            CredentialFormats formats,
            Duration publishedBefore,
            LogEvents words,
            Clock clock) {
        this.ring = ring;
        this.states = states;
        this.issuances = issuances;
        this.definitions = List.copyOf(definitions);
        this.formats = formats;
        this.publishedBefore = publishedBefore;
        this.words = words;
        this.clock = clock;
    }

    /// Why a step is not taken; its message is for the operator.
    public static final class NotNowException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotNowException(String message) {
            super(message);
        }
    }

    /// Publishes a key that the source has and that does not sign.
    ///
    /// @throws NotNowException saying what is in the way
    public void stage(KeyUse use, String kid) {
        ring.refresh();
        var key = key(use, kid);
        var current = ring.current(use);
        if (current.publicJwk().getKeyID().equals(kid)) {
            throw new NotNowException("the key " + kid + " signs already");
        }
        if (!key.algorithm().equals(current.algorithm())) {
            throw new NotNowException("the key signs by " + key.algorithm() + ", and wallets were told of "
                    + current.algorithm() + "; another algorithm takes a restart with another configuration");
        }
        requireGood(key);
        states.adopt(use, current.publicJwk().getKeyID(), now());
        if (!states.stage(use, kid, now(), event(use, kid, "staged"))) {
            throw new NotNowException("the key " + kid + " is published already");
        }
        ring.refresh();
    }

    /// Lets a staged key sign.
    ///
    /// @param early even if it was published only a moment ago
    /// @throws NotNowException saying what is in the way
    public void activate(KeyUse use, String kid, boolean early) {
        ring.refresh();
        requireGood(key(use, kid));
        var before = early ? now() : now().minus(publishedBefore);
        if (!states.activate(use, kid, before, now(), event(use, kid, "active"))) {
            throw new NotNowException(known(use, kid)
                    .filter(state -> state.state() == State.NEXT)
                    .map(state -> "the key " + kid + " is published since " + state.since() + ", and is to be for "
                            + publishedBefore + " before it signs; force says otherwise")
                    .orElse("the key " + kid + " is not staged"));
        }
        ring.refresh();
    }

    /// Lets the key sign again that did before.
    ///
    /// @return its `kid`
    /// @throws NotNowException saying what is in the way
    public String rollBack(KeyUse use) {
        ring.refresh();
        var active = of(use, State.ACTIVE).findFirst();
        var before = of(use, State.RETIRED).max(Comparator.comparing(KeyState::since));
        if (active.isEmpty() || before.isEmpty()) {
            throw new NotNowException("no key signed before the one that does");
        }
        var kid = before.get().key();
        requireGood(key(use, kid));
        if (!states.rollBack(use, active.get().key(), kid, now(), event(use, kid, "rolled back"))) {
            throw new NotNowException("somebody else changes the keys for " + use + " at this moment");
        }
        ring.refresh();
        return kid;
    }

    /// Stops publishing a key.
    ///
    /// @param anyway even if credentials it signed are valid
    /// @throws NotNowException saying what is in the way
    public void retire(KeyUse use, String kid, boolean anyway) {
        ring.refresh();
        var valid = signedBy(kid);
        if (valid.isPresent() && !anyway) {
            throw new NotNowException(valid.get().credentials() + " credentials of the key " + kid
                    + " are valid, the last until " + valid.get().until() + "; force says otherwise");
        }
        if (!states.remove(use, kid, now(), event(use, kid, "gone"))) {
            throw new NotNowException(
                    known(use, kid)
                                    .filter(state -> state.state() == State.ACTIVE)
                                    .isPresent()
                            ? "the key " + kid + " signs; activate another one first"
                            : "the key " + kid + " is neither staged nor retired");
        }
        ring.refresh();
    }

    /// All keys of the issuer's, the active of each use first, with what will outlive what.
    public List<KeyReport> report() {
        ring.refresh();
        var reports = new ArrayList<KeyReport>();
        for (var use : KeyUse.values()) {
            var published = ring.published(use);
            var all = new ArrayList<>(published);
            ring.all(use).stream().filter(key -> !published.contains(key)).forEach(all::add);
            for (var key : all) {
                var kid = key.publicJwk().getKeyID();
                var known = known(use, kid);
                var signsNow = published.indexOf(key) == 0;
                var state =
                        known.map(KeyState::state).or(() -> signsNow ? Optional.of(State.ACTIVE) : Optional.empty());
                var credentials = signs(use) ? signedBy(kid) : Optional.<SignedBy>empty();
                reports.add(new KeyReport(
                        use,
                        key,
                        state,
                        known.map(KeyState::since),
                        credentials,
                        warnings(use, key, state, credentials)));
            }
        }
        return reports;
    }

    private static boolean signs(KeyUse use) {
        return use == KeyUse.CREDENTIAL || use == KeyUse.DOCUMENT_SIGNER;
    }

    /// Whether credentials of a definition are signed by keys of this use.
    private boolean signs(KeyUse use, CredentialDefinition definition) {
        return definition.configurations().stream()
                .map(configuration -> formats.of(configuration).keyUse())
                .map(own -> ring.published(own).isEmpty() ? KeyUse.CREDENTIAL : own)
                .anyMatch(use::equals);
    }

    private List<String> warnings(KeyUse use, SigningKey key, Optional<State> state, Optional<SignedBy> credentials) {
        var warnings = new ArrayList<String>();
        var window = key.window();
        if (!window.holds(now()) && !state.equals(Optional.of(State.GONE))) {
            warnings.add("its certificates are good from " + window.from() + " to " + window.until()
                    + ": it cannot sign now");
        }
        for (var certificate : key.chain().stream().skip(1).toList()) {
            var end = certificate.getNotAfter().toInstant();
            if (key.chain().getFirst().getNotAfter().toInstant().isAfter(end)) {
                warnings.add("its certificate outlives its authority "
                        + certificate.getSubjectX500Principal().getName() + ", which ends " + end);
            }
        }
        credentials
                .filter(signed -> signed.until().isAfter(window.until()))
                .ifPresent(signed -> warnings.add("credentials valid until " + signed.until()
                        + " outlive its certificates, which end " + window.until()));
        var active = state.equals(Optional.of(State.ACTIVE));
        if (active && signs(use)) {
            definitions.stream()
                    .filter(definition -> signs(use, definition))
                    .forEach(definition -> outlived(definition, window).ifPresent(warnings::add));
        }
        if (active && use == KeyUse.STATUS_LIST) {
            signedLast()
                    .filter(last -> last.isAfter(window.until()))
                    .ifPresent(last -> warnings.add("credentials valid until " + last
                            + " are on status lists, and its certificates end " + window.until()
                            + ": another key has to be active by then"));
        }
        if (state.equals(Optional.of(State.RETIRED)) && credentials.isEmpty() && signs(use)) {
            warnings.add("nothing it signed is valid any more: it can be retired");
        }
        return warnings;
    }

    private Optional<String> outlived(CredentialDefinition definition, SigningKey.Window window) {
        var validity = definition.validity();
        if (!validity.until(now()).isAfter(window.until())) {
            var left = Duration.between(validity.until(now()), window.until());
            return left.compareTo(Duration.ofDays(30)) < 0
                    ? Optional.of("from " + now().plus(left).truncatedTo(ChronoUnit.DAYS) + " on credentials of "
                            + definition.id() + " would outlive its certificates")
                    : Optional.empty();
        }
        return Optional.of("credentials of " + definition.id()
                + " issued now would outlive its certificates, which end " + window.until());
    }

    private Optional<Instant> signedLast() {
        return issuances.signedBy(now()).stream().map(SignedBy::until).max(Comparator.naturalOrder());
    }

    private Optional<SignedBy> signedBy(String kid) {
        return issuances.signedBy(now()).stream()
                .filter(signed -> signed.key().equals(kid))
                .findFirst();
    }

    private SigningKey key(KeyUse use, String kid) {
        return ring.all(use).stream()
                .filter(key -> key.publicJwk().getKeyID().equals(kid))
                .findFirst()
                .orElseThrow(() -> new NotNowException("this node has no key " + kid + " for " + use + "; it has "
                        + ring.all(use).stream()
                                .map(key -> key.publicJwk().getKeyID())
                                .toList()));
    }

    private void requireGood(SigningKey key) {
        var window = key.window();
        if (!window.holds(now())) {
            throw new NotNowException(
                    "the certificates of the key " + key.publicJwk().getKeyID() + " are good from " + window.from()
                            + " to " + window.until() + " only");
        }
    }

    private Stream<KeyState> of(KeyUse use, State state) {
        return states.all().stream().filter(key -> key.use() == use && key.state() == state);
    }

    private Optional<KeyState> known(KeyUse use, String kid) {
        return states.all().stream()
                .filter(state -> state.use() == use && state.key().equals(kid))
                .findFirst();
    }

    private LogEvent event(KeyUse use, String kid, String change) {
        return words.key(name(use), kid, change, now());
    }

    /// As it stands in the configuration, such as `document-signer`.
    public static String name(KeyUse use) {
        return use.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException naming the uses there are
    public static KeyUse use(String name) {
        return Arrays.stream(KeyUse.values())
                .filter(use -> name(use).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no use " + name + "; there are "
                        + Arrays.stream(KeyUse.values()).map(KeyRotation::name).toList()));
    }

    private Instant now() {
        return clock.instant();
    }
}
