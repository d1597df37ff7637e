package dev.intaglio.credential;

import dev.intaglio.protocol.metadata.ClaimsPath;
import java.util.ArrayList;
import java.util.List;

/// What a credential of a type carries in one format, and what of its definition it cannot: for whoever writes definitions.
///
/// @param claims in the order of the definition
/// @param lost in sentences
public record FormatContents(List<Carried> claims, List<String> lost) {
    /// A claim of the definition, and where it is in the credential.
    ///
    /// @param selective whether the holder may keep it back by itself
    public record Carried(ClaimsPath claim, String place, boolean selective) {}

    public FormatContents {
        claims = List.copyOf(claims);
        lost = List.copyOf(lost);
    }

    /// Everything, and to be kept back as the definition says.
    ///
    /// @param around what the claims are in; empty if they stand at the top
    public static FormatContents selective(CredentialDefinition definition, String around) {
        return new FormatContents(
                definition.claims().all().stream()
                        .map(claim -> new Carried(
                                claim.path(),
                                place(around, claim),
                                claim.disclosure().selective()))
                        .toList(),
                List.of());
    }

    /// Everything, for all verifiers to see.
    public static FormatContents inTheClear(CredentialDefinition definition, String around) {
        var claims = definition.claims().all();
        var lost = new ArrayList<String>();
        var hideable =
                claims.stream().filter(claim -> claim.disclosure().selective()).count();
        if (hideable > 0) {
            lost.add("selective disclosure: " + (hideable == 1 ? "one claim" : hideable + " claims")
                    + " that a holder may keep back in other formats are always shown");
        }
        if (definition.decoys() > 0) {
            lost.add("decoys: there are no digests to hide among");
        }
        return new FormatContents(
                claims.stream()
                        .map(claim -> new Carried(claim.path(), place(around, claim), false))
                        .toList(),
                lost);
    }

    private static String place(String around, ClaimDefinition claim) {
        return around.isEmpty() ? claim.path().toString() : around + " " + claim.path();
    }
}
