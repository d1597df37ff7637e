package dev.intaglio.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class PassedRequirementsTest {
    /// The samples below fail on purpose and name real ids: they run when a test here runs them, and not by themselves.
    private static boolean samplesRun;

    /// A list shorter than the one that ships, so that an id can be real and yet unknown to it.
    private static final RequirementList LIST = RequirementList.parse(List.of(
            "CI-CRED-1\tCI-CRED\tMUST\t1\tof a method",
            "CI-CRED-2\tCI-CRED\tMAY\t1\tof a failing method",
            "CI-CRED-3\tCI-CRED\tMUST\t1\tof the class around",
            "CI-CRED-4\tCI-CRED\tMUST\t1\tof an inherited method",
            "CI-CRED-5\tCI-CRED\tMUST\t1\tof a method that failed once"));

    @TempDir
    private Path directory;

    @Test
    @DisplayName("what passed is noted, with the ids of the classes around and above; what failed is not")
    void notesWhatPassed() throws Exception {
        var file = directory.resolve("module/target/requirements/passed.ids");
        run(Samples.class, file);
        assertThat(Files.readAllLines(file)).containsExactly("CI-CRED-1", "CI-CRED-3", "CI-CRED-4");
    }

    @Test
    @DisplayName("a new run does not keep what an earlier one noted")
    void replacesEarlierNotes() throws Exception {
        var file = directory.resolve("passed.ids");
        Files.writeString(file, "CI-CRED-2\n");
        run(Samples.class, file);
        assertThat(Files.readAllLines(file)).doesNotContain("CI-CRED-2");
    }

    @Test
    @DisplayName("an id that is not in the list ends the run")
    void refusesUnknownId() {
        assertThatIllegalStateException()
                .isThrownBy(() -> run(Misspelt.class, directory.resolve("passed.ids")))
                .withMessageContaining("CI-CRED-6")
                .withMessageContaining("Misspelt");
    }

    @Test
    @DisplayName("the report counts by group and names what is missing")
    void reportCounts() throws Exception {
        run(Samples.class, directory.resolve("module/target/requirements/passed.ids"));
        var held = RequirementReport.heldIn(directory);
        assertThat(held).isEqualTo(Set.of("CI-CRED-1", "CI-CRED-3", "CI-CRED-4"));

        var bytes = new ByteArrayOutputStream();
        new RequirementReport(LIST, held).print(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .containsPattern("CI-CRED +3 +5 +3 +4")
                .containsPattern("CI-CRED-2 +MAY +of a failing method")
                .containsPattern("CI-CRED-5 +MUST +of a method that failed once")
                .doesNotContain("CI-CRED-1 ");
    }

    private static void run(Class<?> tests, Path file) {
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .addTestExecutionListeners(new PassedRequirements(Optional.of(file)))
                .addPostDiscoveryFilters(new KnownRequirements(LIST))
                .build();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .build();
        samplesRun = true;
        try {
            LauncherFactory.create(config).execute(request);
        } finally {
            samplesRun = false;
        }
    }

    abstract static class Contract {
        @Test
        @Requirement("CI-CRED-4")
        void inherited() {}
    }

    static boolean samplesRun() {
        return samplesRun;
    }

    @EnabledIf("dev.intaglio.requirements.PassedRequirementsTest#samplesRun")
    static class Samples {
        @Test
        @Requirement("CI-CRED-1")
        void passes() {}

        @Test
        @Requirement("CI-CRED-2")
        void fails() {
            throw new AssertionError("as it should");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        @Requirement("CI-CRED-5")
        void failsOnce(int number) {
            assertThat(number).isNotEqualTo(2);
        }

        @Nested
        @Requirement("CI-CRED-3")
        class Around extends Contract {
            @Test
            void passesToo() {}
        }
    }

    @EnabledIf("dev.intaglio.requirements.PassedRequirementsTest#samplesRun")
    static class Misspelt {
        @Test
        @Requirement("CI-CRED-6")
        void passes() {}
    }
}
