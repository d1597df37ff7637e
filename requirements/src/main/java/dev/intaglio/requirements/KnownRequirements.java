package dev.intaglio.requirements;

import java.util.Optional;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;

/// Ends the run before the first test if a test names a requirement that does not exist. It lets every test through;
/// it is a filter because the launcher swallows what its listeners throw, but not what its filters throw.
public final class KnownRequirements implements PostDiscoveryFilter {
    private final RequirementList known;

    /// For the launcher's service loader.
    public KnownRequirements() {
        this(RequirementList.read());
    }

    KnownRequirements(RequirementList known) {
        this.known = known;
    }

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        AnnotatedTest.of(descriptor.getSource()).ifPresent(this::check);
        return FilterResult.included("requirements are known");
    }

    private void check(AnnotatedTest test) {
        Optional<String> unknown =
                test.requirements().stream().filter(id -> !known.contains(id)).findFirst();
        if (unknown.isPresent())
            throw new IllegalStateException("@Requirement(\"" + unknown.get() + "\") at " + test.name()
                    + " is not in requirements.tsv of the module requirements");
    }
}
