package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    private final StartFailure analyzer = new StartFailure();

    @Test
    @DisplayName("what our code says is said, whatever is wrapped around it")
    void saysWhatWeSay() {
        IllegalArgumentException ours;
        try {
            throw new AssertionError(new IssuerIdentifier(URI.create("http://issuer.example")));
        } catch (IllegalArgumentException thrown) {
            ours = thrown;
        }

        var analysis = analyzer.analyze(new IllegalStateException("bean", new RuntimeException("factory", ours)));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo(ours.getMessage()).contains("https");
    }

    @Test
    @DisplayName("a file that is not there is named")
    void namesTheFile() {
        var analysis = analyzer.analyze(new IllegalStateException("bean", new NoSuchFileException("keys.p12")));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("keys.p12");
    }

    @Test
    @DisplayName("what others throw is left to others")
    void leavesTheRest() {
        var elsewhere = new IllegalStateException("somewhere else");
        elsewhere.setStackTrace(new StackTraceElement[] {new StackTraceElement("org.example.Thing", "run", null, 1)});

        assertThat(analyzer.analyze(elsewhere)).isNull();
    }
}
