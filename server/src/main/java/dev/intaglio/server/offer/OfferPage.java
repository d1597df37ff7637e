package dev.intaglio.server.offer;

import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.protocol.offer.QrCode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What the page of an offer says. For templates.
///
/// @param qrCode the link as SVG; empty unless the offer is open
/// @param link opens a wallet on the same device; empty unless the offer is open
/// @param signIn whether the user is asked to sign in
/// @param once whether the first wallet uses it up
/// @param txCode in groups, to be read out; empty if there is none
/// @param expiresAt as an ISO date and time
/// @param expiry to read
record OfferPage(
        State state,
        String qrCode,
        String link,
        boolean signIn,
        boolean once,
        String txCode,
        String expiresAt,
        String expiry) {
    private static DateTimeFormatter expiry(Locale language) {
        var pattern = switch (language.getLanguage()) {
            case "de" -> "HH:mm 'Uhr UTC am' d. MMMM uuuu";
            case "fr" -> "HH:mm 'UTC le' d MMMM uuuu";
            default -> "HH:mm 'UTC on' d MMMM uuuu";
        };
        return DateTimeFormatter.ofPattern(pattern, language).withZone(ZoneOffset.UTC);
    }

    /// Whether the offer can be taken up.
    enum State {
        OPEN,
        REDEEMED,
        EXPIRED
    }

    static OfferPage of(CreatedOffer offer, boolean pending, Instant now, Locale language) {
        var state = !now.isBefore(offer.expiresAt()) ? State.EXPIRED : pending ? State.OPEN : State.REDEEMED;
        var link = offer.linkByReference();
        return new OfferPage(
                state,
                state == State.OPEN ? QrCode.of(link).svg() : "",
                state == State.OPEN ? link : "",
                offer.offer().grants().authorizationCode().isPresent(),
                offer.offer().grants().preAuthorizedCode().isPresent(),
                state == State.OPEN ? offer.txCode().map(OfferPage::grouped).orElse("") : "",
                offer.expiresAt().toString(),
                expiry(language).format(offer.expiresAt()));
    }

    /// In threes, or in fours if that leaves nothing over.
    static String grouped(String code) {
        var size = code.length() % 4 == 0 ? 4 : 3;
        return code.replaceAll("(.{" + size + "})(?=.)", "$1 ");
    }

    /// Links and codes are secrets.
    @Override
    public String toString() {
        return "OfferPage[" + state + "]";
    }
}
