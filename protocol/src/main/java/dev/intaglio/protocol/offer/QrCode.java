package dev.intaglio.protocol.offer;

import io.nayuki.qrcodegen.QrCode.Ecc;

/// A link as a QR code, drawn as SVG or as text. Offers by reference make small codes that any camera reads.
public final class QrCode {
    private static final int QUIET_ZONE = 4;

    private final io.nayuki.qrcodegen.QrCode modules;

    private QrCode(io.nayuki.qrcodegen.QrCode modules) {
        this.modules = modules;
    }

    /// @throws IllegalArgumentException if the link is longer than a QR code holds (about 2,900 characters)
    public static QrCode of(String link) {
        try {
            return new QrCode(io.nayuki.qrcodegen.QrCode.encodeText(link, Ecc.LOW));
        } catch (io.nayuki.qrcodegen.DataTooLongException tooLong) {
            throw new IllegalArgumentException(
                    "the link is too long for a QR code; offer by reference instead", tooLong);
        }
    }

    /// A standalone SVG image that scales to its container, dark on white with the quiet zone readers need.
    public String svg() {
        var side = modules.size + 2 * QUIET_ZONE;
        var path = new StringBuilder();
        for (var y = 0; y < modules.size; y++) {
            for (var x = 0; x < modules.size; x++) {
                if (modules.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET_ZONE)
                            .append(',')
                            .append(y + QUIET_ZONE)
                            .append("h1v1h-1z");
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="QR code" shape-rendering="crispEdges">\
                <rect width="100%%" height="100%%" fill="#ffffff"/><path d="%s" fill="#000000"/></svg>""".formatted(side, side, path);
    }

    /// For a terminal: two modules a character, light modules drawn, so that it reads on a dark background.
    public String text() {
        var lines = new StringBuilder();
        for (var y = -QUIET_ZONE / 2; y < modules.size + QUIET_ZONE / 2; y += 2) {
            for (var x = -QUIET_ZONE / 2; x < modules.size + QUIET_ZONE / 2; x++) {
                var upper = !modules.getModule(x, y);
                var lower = !modules.getModule(x, y + 1);
                lines.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }
            lines.append('\n');
        }
        return lines.toString();
    }
}
