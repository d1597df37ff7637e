package dev.intaglio.credential;

/// What the OpenID4VC High Assurance Interoperability Profile 1.0 asks of a credential type.
public final class HighAssurance {
    private static final String SD_JWT_VC = "dc+sd-jwt";

    private HighAssurance() {}

    /// Section 6.1.1: an SD-JWT VC shows its key by `x5c`. Of formats that the profile does not speak of, nothing is asked.
    ///
    /// @throws CredentialDefinitionException with the line of what is against it
    public static void check(FormatConfiguration configuration) {
        if (configuration.format().equals(SD_JWT_VC)
                && IssuerIdentification.of(configuration)
                        .filter(way -> way != IssuerIdentification.X5C)
                        .isPresent()) {
            throw configuration.error(
                    "under the HAIP profile credentials of dc+sd-jwt show their key by x5c (HAIP 6.1.1); remove "
                            + IssuerIdentification.PARAMETER,
                    IssuerIdentification.PARAMETER);
        }
    }
}
