package dev.intaglio.issuer.status;

import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.BitstringStatusListEntry.Message;
import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.statuslist.Bitstring;
import dev.intaglio.statuslist.IdentifierListToken;
import dev.intaglio.statuslist.StatusList;
import dev.intaglio.statuslist.StatusListToken;
import dev.intaglio.statuslist.StatusType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One of the documents that are published of a list, all from the same states.
sealed interface StatusResource {
    /// Tells it from the others of its list.
    String name();

    String mediaType();

    /// What a Token Status List says of a credential.
    static int statusType(CredentialState state) {
        return switch (state) {
            case VALID -> StatusType.VALID.value();
            case REVOKED, EXPIRED -> StatusType.INVALID.value();
            case SUSPENDED -> StatusType.SUSPENDED.value();
        };
    }

    /// A Status List Token.
    enum Token implements StatusResource {
        JWT(StatusListToken.JWT),
        CWT(StatusListToken.CWT);

        /// A status is valid, invalid or suspended.
        static final int BITS = 2;

        private final String mediaType;

        Token(String mediaType) {
            this.mediaType = mediaType;
        }

        @Override
        public String mediaType() {
            return mediaType;
        }

        /// @param states two bits each, in the order of the Token Status List
        static StatusList list(byte[] states) {
            var statuses = new byte[states.length];
            for (var i = 0; i < states.length; i++) {
                // Expired has both bits, revoked the lower one: where both are set the upper one goes.
                var both = states[i] & states[i] << 1 & 0b1010_1010;
                statuses[i] = (byte) (states[i] & ~both);
            }
            return StatusList.packed(BITS, statuses);
        }
    }

    /// The identifier list of ISO/IEC 18013-5. A suspended document is in it, too, for as long as it is: there is nothing else
    /// that such a list could say.
    enum Identifiers implements StatusResource {
        IDENTIFIERS;

        @Override
        public String mediaType() {
            return IdentifierListToken.CWT;
        }

        /// @param states two bits each, in the order of the Token Status List
        static Set<Cbor> list(byte[] states) {
            return IdentifierListToken.identifiers(IntStream.range(0, states.length * 4)
                    .filter(index -> (states[index >> 2] >> (index & 3) * 2 & 3) != CredentialState.VALID.ordinal()));
        }
    }

    /// A Bitstring Status List credential, for one purpose and one way of securing. It is by the issuer that the credentials name
    /// which name it: where that is a DID made of a key, each key has a list credential of its own, and signs it for as long as we
    /// publish the key, whichever key signs credentials by then.
    ///
    /// @param way how its credentials name their issuer; empty if their definition leaves it open
    /// @param keyUse whose key signs: that of the credentials, so that lists and credentials have one issuer
    /// @param key the thumbprint of the one key, where the issuer is called by it; empty until it is known
    record Credential(
            String purpose,
            DocumentSecuring securing,
            Optional<IssuerIdentification> way,
            KeyUse keyUse,
            Optional<String> key)
            implements StatusResource {
        /// Before it is known which key signs.
        Credential(String purpose, DocumentSecuring securing, Optional<IssuerIdentification> way, KeyUse keyUse) {
            this(purpose, securing, way, keyUse, Optional.empty());
        }

        /// That of credentials signed by a key.
        Credential by(SigningKey signer) {
            return byKey()
                    ? new Credential(
                            purpose, securing, way, keyUse, Optional.of(DpopProof.thumbprint(signer.publicJwk())))
                    : this;
        }

        /// Those there have to be: one for each key that credentials may be signed by, and one by whichever key signs now, which
        /// credentials name that were issued before there was one for each.
        Stream<Credential> each(KeyRing keys) {
            return byKey() ? Stream.concat(Stream.of(this), signers(keys).map(this::by)) : Stream.of(this);
        }

        /// The key that signs it.
        SigningKey signer(KeyRing keys) {
            return signers(keys)
                    .filter(signer -> key.filter(wanted -> !wanted.equals(DpopProof.thumbprint(signer.publicJwk())))
                            .isEmpty())
                    .findFirst()
                    .orElseGet(() -> keys.current(keyUse, KeyUse.CREDENTIAL));
        }

        private Stream<SigningKey> signers(KeyRing keys) {
            if (!byKey()) {
                return Stream.of(keys.current(keyUse, KeyUse.CREDENTIAL));
            }
            var own = keys.published(keyUse);
            return (own.isEmpty() ? keys.published(KeyUse.CREDENTIAL) : own).stream();
        }

        private boolean byKey() {
            return way.or(securing::usually).filter(IssuerIdentification::byKey).isPresent();
        }

        private static final List<Message> MESSAGES = List.of(
                new Message(0, "valid"),
                new Message(1, "revoked"),
                new Message(2, "suspended"),
                new Message(3, "expired"));

        @Override
        public String name() {
            return purpose + "-" + securing.name()
                    + way.map(one -> "-" + one.word().replace(":", "-")).orElse("")
                    + key.map(thumbprint -> "." + thumbprint).orElse("");
        }

        @Override
        public String mediaType() {
            return securing.mediaType();
        }

        List<Message> messages() {
            return purpose.equals(BitstringStatusListEntry.MESSAGE) ? MESSAGES : List.of();
        }

        int statusSize() {
            return purpose.equals(BitstringStatusListEntry.MESSAGE) ? 2 : 1;
        }

        /// @param states two bits each, in the order of the Token Status List
        Bitstring list(byte[] states) {
            return statusSize() == 1 ? Bitstring.packed(1, halved(states)) : Bitstring.packed(2, mirrored(states));
        }

        /// A bit of each state, the first in the most significant bits.
        private byte[] halved(byte[] states) {
            var four = new byte[256];
            for (var octet = 0; octet < four.length; octet++) {
                for (var entry = 0; entry < 4; entry++) {
                    four[octet] |= (byte) (bit(octet >> 2 * entry & 3) << 3 - entry);
                }
            }
            var bits = new byte[states.length / 2];
            for (var i = 0; i < bits.length; i++) {
                bits[i] = (byte) (four[states[2 * i] & 0xff] << 4 | four[states[2 * i + 1] & 0xff]);
            }
            return bits;
        }

        private int bit(int state) {
            return purpose.equals("revocation")
                    ? state & 1 // revoked, expired
                    : state == CredentialState.SUSPENDED.ordinal() ? 1 : 0;
        }

        /// Both bits of each state, the first in the most significant bits.
        private static byte[] mirrored(byte[] states) {
            var mirrored = new byte[states.length];
            for (var i = 0; i < states.length; i++) {
                var octet = states[i];
                mirrored[i] = (byte) ((octet & 3) << 6 | (octet & 12) << 2 | octet >> 2 & 12 | octet >> 6 & 3);
            }
            return mirrored;
        }
    }
}
