package dev.intaglio.credential;

import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The claims of a credential type, as the list they are written in and as the tree they make.
public final class Claims {
    private static final int MAX_CLAIMS = 500;
    private static final int MAX_DEPTH = 8;

    /// RFC 9901 §4.1: words of the container, at no depth a claim.
    private static final Set<String> NEVER_A_CLAIM = Set.of("_sd", "_sd_alg", "...");

    /// What the issuer says itself, in every format that has these names (SD-JWT VC §3.2.2.2, RFC 7519 §4.1).
    private static final Set<String> SAID_BY_THE_ISSUER =
            Set.of("iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status");

    private final List<ClaimDefinition> all;
    private final ClaimNode root;

    /// @throws IllegalArgumentException if a claim is described twice or in two ways, if it has a name that is not a
    ///     claim's, or if it is mandatory inside something optional
    public Claims(List<ClaimDefinition> all) {
        if (all.isEmpty() || all.size() > MAX_CLAIMS) {
            throw new IllegalArgumentException("a definition has from 1 to " + MAX_CLAIMS + " claims");
        }
        all.forEach(Claims::requirePath);
        ClaimsDescription.requireConsistent(
                all.stream().map(ClaimDefinition::description).toList());
        this.all = List.copyOf(all);
        var tree = new Branch("", null);
        for (var claim : all) {
            tree.add(claim);
        }
        this.root = tree.node();
    }

    /// In the order of the file, which is the order of display (App. B.3).
    public List<ClaimDefinition> all() {
        return all;
    }

    /// As the Credential Issuer Metadata describes them.
    public List<ClaimsDescription> descriptions() {
        return all.stream().map(ClaimDefinition::description).toList();
    }

    /// The object all claims are in.
    public ClaimNode root() {
        return root;
    }

    static void requirePath(ClaimDefinition claim) {
        var elements = claim.path().elements();
        if (elements.size() > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "the claim " + claim.path() + " is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (!(elements.getFirst() instanceof ClaimsPath.Element.Name)) {
            throw new IllegalArgumentException("the path of a claim begins with a name");
        }
        for (var element : elements) {
            switch (element) {
                case ClaimsPath.Element.Name(var name)
                when NEVER_A_CLAIM.contains(name) ->
                    throw new IllegalArgumentException("no claim can be called " + name + " (RFC 9901 §4.2.1)");
                case ClaimsPath.Element.Name(var name)
                when name.isEmpty() -> throw new IllegalArgumentException("a claim has a name");
                case ClaimsPath.Element.Index ignored ->
                    throw new IllegalArgumentException(
                            "a definition describes all elements of an array (null), not one: " + claim.path());
                case ClaimsPath.Element.Name ignored -> {}
                case ClaimsPath.Element.All ignored -> {}
            }
        }
        if (elements.getFirst() instanceof ClaimsPath.Element.Name(var name) && SAID_BY_THE_ISSUER.contains(name)) {
            throw new IllegalArgumentException("the claim " + name + " is the issuer's to say, not the dataset's");
        }
        if (elements.getLast() instanceof ClaimsPath.Element.All && claim.mandatory()) {
            throw new IllegalArgumentException("the array is mandatory or not, its elements are not: " + claim.path());
        }
    }

    /// A [ClaimNode] in the making.
    private static final class Branch {
        private final String name;
        private final @Nullable ClaimsPath path;
        private final Map<String, Branch> members = new LinkedHashMap<>();
        private @Nullable Branch elements;
        private @Nullable ClaimDefinition definition;

        Branch(String name, @Nullable ClaimsPath path) {
            this.name = name;
            this.path = path;
        }

        void add(ClaimDefinition claim) {
            var branch = this;
            var walked = new ArrayList<ClaimsPath.Element>();
            for (var element : claim.path().elements()) {
                walked.add(element);
                branch = branch.child(element, new ClaimsPath(walked));
            }
            branch.definition = claim;
        }

        private Branch child(ClaimsPath.Element element, ClaimsPath at) {
            if (element instanceof ClaimsPath.Element.Name(var member)) {
                return members.computeIfAbsent(member, name -> new Branch(name, at));
            }
            if (elements == null) {
                elements = new Branch("", at);
            }
            return elements;
        }

        ClaimNode node() {
            var made = new LinkedHashMap<String, ClaimNode>();
            members.forEach((member, branch) -> made.put(member, branch.node()));
            var below = Optional.ofNullable(elements).map(Branch::node);
            var mandatoryBelow =
                    made.values().stream().filter(ClaimNode::mandatory).findFirst();
            if (definition == null) {
                // Nobody described it, it is only the way to something: it stands in the clear, and has to be there if
                // something in it has to.
                return new ClaimNode(
                        name,
                        Optional.ofNullable(path),
                        mandatoryBelow.isPresent(),
                        SelectiveDisclosure.NEVER,
                        made,
                        below);
            }
            var inAnArray = name.isEmpty();
            if (mandatoryBelow.isPresent() && !definition.mandatory() && !inAnArray) {
                throw new IllegalArgumentException(
                        mandatoryBelow.get().path().orElseThrow() + " is mandatory, but " + definition.path()
                                + " around it is not: wallets are told that a mandatory claim is always there");
            }
            return new ClaimNode(
                    name, Optional.of(definition.path()), definition.mandatory(), definition.disclosure(), made, below);
        }
    }
}
