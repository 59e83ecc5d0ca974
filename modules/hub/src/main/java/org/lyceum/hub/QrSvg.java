package org.lyceum.hub;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as a picture inside the page: no script draws it, and nothing is fetched for it. */
final class QrSvg {

    /** Light modules around it, which cameras need. Source: ISO/IEC 18004 §5.3.8. */
    private static final int QUIET = 4;

    private static final String SVG =
            """
            <svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" width="232" height="232"
             shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path
             d="{}" fill="#000"/></svg>
            """;

    private QrSvg() {}

    /**
     * @param text up to a few hundred characters
     * @param label what it is, for who cannot see it
     */
    static Html of(String text, String label) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M').append(x + QUIET).append(',').append(y + QUIET);
                    path.append("h1v1h-1z");
                }
            }
        }
        int size = code.size + 2 * QUIET;
        return Html.of(SVG, label, size, size, path);
    }
}
