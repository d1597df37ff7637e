package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An SD-JWT (RFC 9901) in its compact form `<JWT>~<disclosure>~…~`, perhaps with a Key Binding JWT at its end. Parsed,
/// not yet believed: [#jwt] has the signature to ask about, [#process] puts the disclosures in their places.
public final class SdJwt {
    /// A portrait is a disclosure like any other, so there is room for one.
    private static final int MAX_LENGTH = 4 * 1024 * 1024;
    private static final int MAX_DISCLOSURES = 1_000;

    private final String compact;
    private final SignedJwt jwt;
    private final List<Disclosure> disclosures;
    private final Optional<String> keyBindingJwt;

    private SdJwt(String compact, SignedJwt jwt, List<Disclosure> disclosures, Optional<String> keyBindingJwt) {
        this.compact = compact;
        this.jwt = jwt;
        this.disclosures = disclosures;
        this.keyBindingJwt = keyBindingJwt;
    }

    /// Puts the parts together, as an issuer hands them out and as a holder shows some of them without key binding.
    public static String assemble(String jwt, Collection<Disclosure> disclosures) {
        return disclosures.stream()
                .map(disclosure -> disclosure.encoded() + "~")
                .collect(Collectors.joining("", jwt + "~", ""));
    }

    /// Takes the parts asunder (§7.1, step 1).
    ///
    /// @throws JsonException if it is no SD-JWT, or one larger than we read
    /// @throws DisclosureException if one of its disclosures is none
    public static SdJwt parse(String compact) {
        if (compact.length() > MAX_LENGTH) {
            throw new JsonException("the SD-JWT is longer than " + MAX_LENGTH + " characters");
        }
        var jwtEnd = compact.indexOf('~');
        if (jwtEnd < 0) {
            throw new JsonException("expected an SD-JWT: a JWT, then ~");
        }
        var jwt = IssuerCheck.parse(compact.substring(0, jwtEnd));
        var disclosures = new ArrayList<Disclosure>();
        var from = jwtEnd + 1;
        for (var to = compact.indexOf('~', from); to >= 0; to = compact.indexOf('~', from)) {
            if (disclosures.size() == MAX_DISCLOSURES) {
                throw new JsonException("the SD-JWT has more than " + MAX_DISCLOSURES + " disclosures");
            }
            disclosures.add(Disclosure.parse(compact.substring(from, to)));
            from = to + 1;
        }
        var rest = compact.substring(from);
        return new SdJwt(compact, jwt, List.copyOf(disclosures), rest.isEmpty() ? Optional.empty() : Optional.of(rest));
    }

    /// The JWT the issuer signed.
    public SignedJwt jwt() {
        return jwt;
    }

    public List<Disclosure> disclosures() {
        return disclosures;
    }

    /// What stands behind the last `~`. An issuer sends none, and a holder who gets one refuses it (§7.2).
    public Optional<String> keyBindingJwt() {
        return keyBindingJwt;
    }

    public String compact() {
        return compact;
    }

    /// Puts each disclosure where its digest is (§7.1, steps 3 to 5). Says nothing of the signature.
    ///
    /// @throws DisclosureException if one has no place, or a place is ambiguous
    public ProcessedPayload process() {
        return DisclosureProcessing.process(jwt.claims(), disclosures);
    }

    /// How much there is, never what.
    @Override
    public String toString() {
        return "SdJwt[" + jwt + ", " + disclosures.size() + " disclosures]";
    }
}
