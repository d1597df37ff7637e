package dev.intaglio.system;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules that the Maven graph cannot hold by itself: who may know whom, who may know which library, and how
/// classes are named and closed.
class ArchitectureTest {
    private static final JavaClasses INTAGLIO = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.intaglio");

    /// Each module by its package, and the modules it may know.
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("requirements", Set.of()),
            Map.entry("keys", Set.of()),
            Map.entry("protocol", Set.of("keys")),
            Map.entry("credential", Set.of("protocol", "keys")),
            Map.entry("statuslist", Set.of("protocol", "keys", "credential")),
            Map.entry("issuer", Set.of("protocol", "keys", "credential", "statuslist")),
            Map.entry("authorization", Set.of("protocol", "keys")),
            Map.entry("wallet", Set.of("protocol", "keys", "credential")),
            Map.entry("storage", Set.of("protocol", "keys", "credential", "statuslist", "issuer", "authorization")),
            Map.entry("drafts", Set.of("protocol", "keys", "credential", "issuer")),
            Map.entry(
                    "testing",
                    Set.of(
                            "protocol",
                            "keys",
                            "credential",
                            "statuslist",
                            "issuer",
                            "authorization",
                            "wallet",
                            "requirements")),
            Map.entry(
                    "spring",
                    Set.of("protocol", "keys", "credential", "statuslist", "issuer", "authorization", "storage")),
            Map.entry(
                    "server",
                    Set.of(
                            "protocol",
                            "keys",
                            "credential",
                            "statuslist",
                            "issuer",
                            "authorization",
                            "storage",
                            "spring")),
            Map.entry(
                    "cli",
                    Set.of(
                            "protocol",
                            "keys",
                            "credential",
                            "statuslist",
                            "issuer",
                            "authorization",
                            "storage",
                            "spring",
                            "server",
                            "wallet")));

    @SuppressWarnings("unused") // by name, in MayKnow
    private static final List<String> MODULES = List.copyOf(new TreeSet<>(MAY_KNOW.keySet()));

    /// What an application embeds: everything below the starter.
    private static final String[] CORE =
            packages("keys", "protocol", "credential", "statuslist", "issuer", "authorization", "wallet");

    @Nested
    @DisplayName("Dependencies point one way")
    class Directions {
        @ParameterizedTest
        @FieldSource("dev.intaglio.system.ArchitectureTest#MODULES")
        @DisplayName("a module knows only the modules below it")
        void modulesKnowOnlyWhatIsBelow(String module) {
            var forbidden = MAY_KNOW.keySet().stream()
                    .filter(other ->
                            !other.equals(module) && !MAY_KNOW.get(module).contains(other))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAnyPackage(packages(module))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(forbidden))
                    .allowEmptyShould(true)
                    .check(INTAGLIO);
        }

        @Test
        @DisplayName("every class belongs to a module that the rules know")
        void everyClassIsOfAKnownModule() {
            classes()
                    .should()
                    .resideInAnyPackage(packages(MODULES.toArray(String[]::new)))
                    .check(INTAGLIO);
        }
    }

    @Nested
    @DisplayName("A library has one room")
    class Libraries {
        @Test
        @DisplayName("nothing below the starter knows Spring or servlets")
        void springStaysAbove() {
            only(packages("spring", "server", "cli"), "org.springframework..", "jakarta.servlet..", "org.thymeleaf..");
        }

        @Test
        @DisplayName("only storage-jdbc knows SQL")
        void sqlStaysInStorage() {
            only(
                    packages("storage"),
                    "java.sql..",
                    "org.flywaydb..",
                    "com.zaxxer..",
                    "org.sqlite..",
                    "org.postgresql..");
            only(packages("storage", "spring", "server"), "javax.sql..");
        }

        @Test
        @DisplayName("only protocol.json knows Jackson")
        void jacksonStaysInJson() {
            only(packages("protocol.json"), "tools.jackson..", "com.fasterxml.jackson..");
        }

        @Test
        @DisplayName("only keys builds certificates with Bouncy Castle; tests may, too")
        void bouncyCastleStaysInKeys() {
            only(packages("keys", "testing"), "org.bouncycastle..");
        }

        @Test
        @DisplayName("picocli, YAML and QR codes stay where they are used")
        void smallLibrariesStay() {
            only(packages("cli"), "picocli..", "org.jsoup..");
            only(packages("credential", "cli.config"), "org.snakeyaml..");
            only(packages("protocol.offer"), "io.nayuki..");
            only(packages("issuer.schema"), "com.networknt..");
            only(packages("credential.dataintegrity"), "com.apicatalog..", "jakarta.json..");
        }

        @Test
        @DisplayName(
                "a format's module, its CBOR and COSE, are found on the class path, not by name; inspect may look inside")
        void formatsAreFoundNotNamed() {
            only(packages("credential.mdoc", "cli.inspect", "benchmark"), "dev.intaglio.credential.mdoc..");
        }

        @Test
        @DisplayName("JUnit is known to testing alone")
        void junitStaysInTesting() {
            only(packages("testing", "requirements"), "org.junit..", "org.assertj..");
        }

        private static void only(String[] rooms, String... library) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(rooms)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(library)
                    .check(INTAGLIO);
        }
    }

    @Nested
    @DisplayName("Names say something")
    class Names {
        private static final Set<String> NOTHING =
                Set.of("util", "utils", "common", "helper", "helpers", "manager", "managers", "impl", "dto");
        private static final Pattern DRAFT = Pattern.compile("(?i)draft[-_ ]?1[1-5]|drafts 1[1-5]");

        @Test
        @DisplayName("no package is called util, common, helper, manager, impl or dto")
        void packagesHaveNames() {
            assertThat(INTAGLIO.stream().map(JavaClass::getPackageName).distinct())
                    .noneMatch(name -> Arrays.stream(name.split("\\.")).anyMatch(NOTHING::contains));
        }

        @Test
        @DisplayName("no class is called so either")
        void classesHaveNames() {
            noClasses()
                    .should()
                    .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Dto|DTO)")
                    .check(INTAGLIO);
        }

        @Test
        @DisplayName("only drafts names a draft")
        void coreNamesNoDraft() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(packages("drafts"))
                    .should()
                    .haveNameMatching("(?i).*draft.*")
                    .check(INTAGLIO);
            methods()
                    .that()
                    .areDeclaredInClassesThat(resideInAnyPackage(CORE))
                    .should()
                    .haveNameNotMatching("(?i).*draft.*")
                    .check(INTAGLIO);
        }

        /// The words of the setting and of the command are all there is: what they mean is found by its service.
        @Test
        @DisplayName(
                "no source outside drafts speaks of a draft of OpenID4VCI, but for the setting and the command that name them")
        void sourcesNameNoDraft() throws IOException {
            var naming = new TreeSet<String>();
            for (var module : modules()) {
                try (var sources = Files.walk(module.resolve("src/main"))) {
                    for (var source : sources.filter(Files::isRegularFile).toList()) {
                        if (source.toString().endsWith(".java")
                                && DRAFT.matcher(Files.readString(source)).find()) {
                            naming.add(String.valueOf(source.getFileName()));
                        }
                    }
                }
            }
            assertThat(naming).isSubsetOf("DialectProperties.java", "DemoCommand.java");
        }

        private static List<Path> modules() throws IOException {
            try (var directories = Files.list(Path.of(".."))) {
                return directories
                        .filter(one -> Files.isDirectory(one.resolve("src/main")))
                        .filter(one -> !one.endsWith("drafts"))
                        .toList();
            }
        }

        @Test
        @DisplayName("records and their methods do without get")
        void recordsDoWithoutGet() {
            methods()
                    .that()
                    .areDeclaredInClassesThat(are(describe("records", JavaClass::isRecord)))
                    .should()
                    .haveNameNotMatching("get[A-Z].*")
                    .check(INTAGLIO);
        }
    }

    @Nested
    @DisplayName("What is closed stays closed")
    class Closed {
        @Test
        @DisplayName("every package is @NullMarked")
        void packagesAreNullMarked() {
            var unmarked = new TreeSet<String>();
            for (var type : INTAGLIO) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) unmarked.add(type.getPackageName());
            }
            assertThat(unmarked).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"issuer", "authorization"})
        @DisplayName("an endpoint is known to its own module alone; others go through the front door")
        void endpointsStayInTheirModule(String module) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(packages(module))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(packages(module))
                            .and(describe(
                                    "are endpoints",
                                    type -> type.getSimpleName().endsWith("Endpoint"))))
                    .check(INTAGLIO);
        }

        @Test
        @DisplayName("a public class that acts is final; what may be implemented is an interface")
        void classesAreFinal() {
            classes()
                    .that()
                    .resideInAnyPackage(CORE)
                    .and()
                    .arePublic()
                    .and()
                    .areNotInterfaces()
                    .and()
                    .areNotEnums()
                    .and()
                    .areNotAssignableTo(Throwable.class)
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .check(INTAGLIO);
        }

        @Test
        @DisplayName("what a deployer or a store implements is an interface of its own, or a value")
        void extensionPointsAreInterfaces() {
            classes()
                    .that()
                    .resideInAnyPackage(
                            packages("issuer.spi", "issuer.store", "authorization.spi", "authorization.store"))
                    .and()
                    .arePublic()
                    .should(be(describe(
                            "interfaces, records, enums or exceptions",
                            type -> type.isInterface()
                                    || type.isRecord()
                                    || type.isEnum()
                                    || type.isAssignableTo(Throwable.class))))
                    .allowEmptyShould(true)
                    .check(INTAGLIO);
        }
    }

    @Nested
    @DisplayName("What comes from outside is passed in")
    class Outside {
        @Test
        @DisplayName("the core asks no clock that it was not given; a builder may have one as its default")
        void clockIsPassedIn() {
            noClasses()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should()
                    .callMethodWhere(asksTheSystemClock())
                    .check(INTAGLIO);
        }

        @Test
        @DisplayName("no randomness that can be guessed")
        void randomnessIsSecure() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(packages("testing"))
                    .should()
                    .dependOnClassesThat(describe(
                            "java.util.Random and kin",
                            type -> type.isEquivalentTo(Random.class) || type.isEquivalentTo(ThreadLocalRandom.class)))
                    .orShould()
                    .callMethod(Math.class, "random")
                    .check(INTAGLIO);
        }

        @Test
        @DisplayName("the core prints nothing")
        void coreDoesNotPrint() {
            noClasses()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .check(INTAGLIO);
        }

        private static DescribedPredicate<JavaCall<?>> asksTheSystemClock() {
            return describe("it asks the system clock", call -> {
                var owner = call.getTargetOwner();
                var method = call.getTarget();
                if (owner.isEquivalentTo(System.class)) return method.getName().equals("currentTimeMillis");
                if (owner.getFullName().equals("java.time.Clock"))
                    return method.getName().startsWith("system")
                            && !call.getOriginOwner().getSimpleName().equals("Builder");
                // now(clock) is what we want; now() and now(zone) are not.
                return owner.getPackageName().equals("java.time")
                        && method.getName().equals("now")
                        && method.getRawParameterTypes().stream()
                                .noneMatch(type -> type.getFullName().equals("java.time.Clock"));
            });
        }
    }

    private static String[] packages(String... modules) {
        return Arrays.stream(modules)
                .map(module -> "dev.intaglio." + module + "..")
                .toArray(String[]::new);
    }
}
