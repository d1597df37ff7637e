package dev.intaglio.spring;

import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.storage.jdbc.tenant.Tenant;
import dev.intaglio.storage.jdbc.tenant.TenantVersion;
import dev.intaglio.storage.jdbc.tenant.Tenants;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the operator of a server does with tenants. Whatever is put in force has been put together once before.
public final class TenantAdministration {
    private static final Set<String> RESERVED = Set.of("admin", "assets", "health", "login", "offer", "error", "www");

    private final Tenants store;
    private final TenantAssembly assembly;
    private final TenantIssuers issuers;
    private final AssembledIssuer main;
    private final SecureRandom random;
    private final Clock clock;

    TenantAdministration(
            Tenants store,
            TenantAssembly assembly,
            TenantIssuers issuers,
            AssembledIssuer main,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.assembly = assembly;
        this.issuers = issuers;
        this.main = main;
        this.random = random;
        this.clock = clock;
    }

    /// @param adminToken opens the tenant's admin interface; told this once
    public record Created(Tenant tenant, URI issuer, String adminToken) {
        /// Without the token.
        @Override
        public String toString() {
            return "Created[" + tenant + "]";
        }
    }

    /// Why it was not done, although nothing is wrong with the order itself.
    public static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Conflict(String message) {
            super(message);
        }
    }

    /// @throws IllegalArgumentException saying what is wrong
    /// @throws Conflict if name or address is taken
    public Created create(String name, JsonObject definition) {
        var read = checked(name, definition);
        var address = assembly.address(name, read);
        var token = Unguessable.text(random, Unguessable.SECRET);
        var tenant = Tenant.of(name, address.host(), address.path(), hash(token));
        if (!store.create(tenant, definition.text(), clock.instant())) {
            throw new Conflict("there is a tenant with the name " + name + " or the address " + address.identifier());
        }
        issuers.refresh();
        return new Created(tenant, address.identifier(), token);
    }

    /// @param replaced the version the definition was made from
    /// @throws IllegalArgumentException saying what is wrong
    /// @throws Conflict if another version is in force, or the address is taken
    public Tenant apply(String name, long replaced, JsonObject definition) {
        require(name);
        var address = assembly.address(name, checked(name, definition));
        if (!store.apply(name, replaced, address.host(), address.path(), definition.text(), clock.instant())) {
            throw new Conflict("version " + replaced + " of the tenant " + name + " is not in force (any more), or the"
                    + " address " + address.identifier() + " belongs to another");
        }
        issuers.refresh();
        return require(name);
    }

    /// Puts an earlier definition in force again, as a new version.
    ///
    /// @param version of them; the one before the present one if empty
    public Tenant rollBack(String name, Optional<Long> version) {
        var present = require(name).version();
        var wanted = version.orElse(present - 1);
        var earlier = store.version(name, wanted)
                .orElseThrow(() -> new IllegalArgumentException("the tenant " + name + " has no version " + wanted));
        return apply(name, present, definition(earlier));
    }

    /// Whether it could be put in force.
    ///
    /// @throws IllegalArgumentException saying what is wrong
    public void check(String name, JsonObject definition) {
        var address = assembly.address(name, checked(name, definition));
        if (issuers.directory().match(address.host(), address.path()) instanceof TenantDirectory.Match.Of(var other)
                && !other.name().equals(name)
                && other.path().equals(address.path())) {
            throw new Conflict("the address " + address.identifier() + " belongs to the tenant " + other.name());
        }
    }

    public Tenant enable(String name, boolean enabled) {
        require(name);
        store.enable(name, enabled);
        issuers.refresh();
        return require(name);
    }

    /// A new token for its admin interface; the old one opens nothing from now on.
    public String newAdminToken(String name) {
        require(name);
        var token = Unguessable.text(random, Unguessable.SECRET);
        store.changeAdminHash(name, hash(token));
        issuers.refresh();
        return token;
    }

    /// Whether a token opens the admin interface of this tenant.
    public boolean opens(String token, String name) {
        return issuers.directory()
                .find(name)
                .filter(Tenant::enabled)
                .filter(tenant -> MessageDigest.isEqual(
                        hash(token).getBytes(StandardCharsets.UTF_8),
                        tenant.adminHash().getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /// Some of them, by name.
    ///
    /// @param after the name they come after; empty for the first
    public List<Tenants.Defined> page(String after, int atMost) {
        return store.page(after, atMost);
    }

    /// A tenant with the definition in force.
    public Optional<Tenants.Defined> defined(String name) {
        return store.find(name)
                .flatMap(tenant ->
                        store.version(name, tenant.version()).map(version -> new Tenants.Defined(tenant, version)));
    }

    public List<TenantVersion> versions(String name) {
        return store.versions(require(name).name());
    }

    /// The definition of a version.
    public static JsonObject definition(TenantVersion version) {
        return Json.readObject(version.definition().getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
    }

    /// The Credential Issuer Identifier of a tenant by its definition.
    public URI identifier(String name, JsonObject definition) {
        return assembly.address(name, TenantDefinition.read(definition)).identifier();
    }

    private Tenant require(String name) {
        return store.find(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no tenant with the name " + name));
    }

    private TenantDefinition checked(String name, JsonObject definition) {
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("a tenant's name is made of small letters, digits and dashes inside");
        }
        if (RESERVED.contains(name)
                || name.startsWith("draft-")
                || main.serves(main.identifier().basePath() + "/" + name)) {
            throw new IllegalArgumentException("the name " + name + " belongs to addresses of the server itself");
        }
        try {
            var read = TenantDefinition.read(definition);
            assembly.check(name, read);
            return read;
        } catch (IllegalArgumentException wrong) {
            throw wrong;
        } catch (RuntimeException wrong) {
            throw new IllegalArgumentException(reason(wrong), wrong);
        }
    }

    /// What our own code says is written for the operator; the innermost of it says most.
    private static String reason(Throwable wrong) {
        Throwable said = wrong;
        while (said.getCause() != null && said.getCause().getMessage() != null) {
            said = said.getCause();
        }
        return String.valueOf(said.getMessage());
    }

    private static String hash(String token) {
        return SignedJwt.sha256(token.getBytes(StandardCharsets.UTF_8));
    }
}
