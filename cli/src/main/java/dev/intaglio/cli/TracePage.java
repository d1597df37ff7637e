package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.JsonObject;

/// A timeline as one page that needs nothing else: to be read, and by a program to be taken apart.
final class TracePage {
    private TracePage() {}

    static String of(JsonObject timeline, Tree tree) {
        var outcome = escaped(timeline.string("outcome"));
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <title>Issuance: %s</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1d2733; background: #fff; }
                pre { font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; }
                </style>
                <h1>%s</h1>
                <p>What happened in this issuance, in the order of time. Values that are secret, and all claims, are left out: of
                them there is the type and the length.</p>
                <pre>%s</pre>
                <script type="application/json" id="timeline">%s</script>
                </html>
                """.formatted(outcome, outcome, escaped(tree.render()), data(timeline));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// In a script element, `<` could end it.
    private static String data(JsonObject timeline) {
        return timeline.text().replace("<", "\\u003c");
    }
}
