package dev.intaglio.requirements;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Notes the requirements of tests that passed in `target/requirements/passed.ids` of the module under test. A method
/// that runs several times counts only if no run of it failed. Outside a Maven build nothing is written.
public final class PassedRequirements implements TestExecutionListener {
    private final Optional<Path> file;
    private final TreeMap<String, Set<String>> passed = new TreeMap<>();
    private final TreeSet<String> failed = new TreeSet<>();

    /// For the launcher's service loader. Surefire tells the module's directory in the property `basedir`.
    public PassedRequirements() {
        this(Optional.ofNullable(System.getProperty("basedir"))
                .map(directory -> Path.of(directory, "target", "requirements", "passed.ids")));
    }

    PassedRequirements(Optional<Path> file) {
        this.file = file;
    }

    /// Replaces what an earlier run left, so that a requirement does not live on by a test that is gone.
    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        write();
    }

    @Override
    public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        var test = AnnotatedTest.of(identifier.getSource())
                .filter(found -> !found.requirements().isEmpty());
        if (test.isEmpty()) return;
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (identifier.isTest())
                    passed.put(test.get().name(), test.get().requirements());
            }
            case FAILED, ABORTED -> failed.add(test.get().name());
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        write();
    }

    synchronized Set<String> ids() {
        var ids = new TreeSet<String>();
        passed.forEach((test, requirements) -> {
            if (!failed.contains(test)) ids.addAll(requirements);
        });
        return ids;
    }

    private void write() {
        file.ifPresent(path -> {
            try {
                Files.createDirectories(path.getParent());
                Files.write(path, ids());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
