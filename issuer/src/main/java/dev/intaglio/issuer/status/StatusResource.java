package dev.intaglio.issuer.status;

import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.BitstringStatusListEntry.Message;
import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.statuslist.Bitstring;
import dev.intaglio.statuslist.IdentifierListToken;
import dev.intaglio.statuslist.StatusList;
import dev.intaglio.statuslist.StatusListToken;
import dev.intaglio.statuslist.StatusType;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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

    /// A Bitstring Status List credential, for one purpose and one way of securing.
    ///
    /// @param keyUse whose key signs: that of the credentials, so that lists and credentials have one issuer
    record Credential(String purpose, DocumentSecuring securing, KeyUse keyUse) implements StatusResource {
        private static final List<Message> MESSAGES = List.of(
                new Message(0, "valid"),
                new Message(1, "revoked"),
                new Message(2, "suspended"),
                new Message(3, "expired"));

        @Override
        public String name() {
            return purpose + "-" + securing.name();
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
