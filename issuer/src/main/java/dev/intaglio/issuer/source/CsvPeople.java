package dev.intaglio.issuer.source;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// People in a table (RFC 4180): the first line names the columns; one is `subject`, the others are claims, those within an
/// object with dots (`address.locality`). All values are texts; an empty one is no claim.
final class CsvPeople {
    private final String text;
    private int at;
    private int line = 1;

    private CsvPeople(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// @return the claims of each subject
    /// @throws IllegalArgumentException naming the line that cannot be used
    static Map<String, JsonObject> read(String text) {
        return new CsvPeople(text).people();
    }

    private Map<String, JsonObject> people() {
        var columns = row();
        var subject = columns.indexOf("subject");
        if (subject < 0) {
            throw new IllegalArgumentException("the first line names no column subject");
        }
        var people = new LinkedHashMap<String, JsonObject>();
        while (at < text.length()) {
            var began = line;
            var cells = row();
            if (cells.equals(List.of(""))) {
                continue;
            }
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException("line " + began + ": " + cells.size() + " values, but there are "
                        + columns.size() + " columns");
            }
            if (people.put(cells.get(subject), claims(columns, cells)) != null) {
                throw new IllegalArgumentException("line " + began + ": a subject that was there before");
            }
        }
        return people;
    }

    private static JsonObject claims(List<String> columns, List<String> cells) {
        var claims = new LinkedHashMap<String, Object>();
        for (int column = 0; column < columns.size(); column++) {
            if (!columns.get(column).equals("subject") && !cells.get(column).isEmpty()) {
                put(claims, columns.get(column), cells.get(column));
            }
        }
        return JsonObject.of(claims);
    }

    @SuppressWarnings("unchecked") // the maps are our own
    private static void put(Map<String, Object> claims, String path, String value) {
        var dot = path.indexOf('.');
        if (dot < 0) {
            claims.put(path, value);
            return;
        }
        var inner = claims.computeIfAbsent(path.substring(0, dot), name -> new LinkedHashMap<String, Object>());
        if (!(inner instanceof Map)) {
            throw new IllegalArgumentException("the column " + path + " is inside of one that is a text");
        }
        put((Map<String, Object>) inner, path.substring(dot + 1), value);
    }

    private List<String> row() {
        var cells = new ArrayList<String>();
        do {
            cells.add(cell());
        } while (skip(','));
        if (!skip('\n') && at < text.length()) {
            throw new IllegalArgumentException("line " + line + ": text after a closing quotation mark");
        }
        line++;
        return cells;
    }

    private String cell() {
        return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
        var from = at;
        while (at < text.length() && ",\n\r".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var value = text.substring(from, at);
        skip('\r');
        return value;
    }

    private String quoted() {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '\n') {
                line++;
            }
            if (c != '"') {
                value.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                value.append('"');
                at++;
            } else {
                at++;
                skip('\r');
                return value.toString();
            }
        }
        throw new IllegalArgumentException("line " + line + ": a quotation mark is not closed");
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}
