package dev.intaglio.storage.jdbc.source;

/// An SQL query with the named parameter `:subject`, made ready for JDBC: each place of it becomes a `?`. What stands in
/// quotes and comments is left alone, and so are casts (`::date`).
///
/// @param sql for a prepared statement
/// @param places how often the subject is bound
record SubjectQuery(String sql, int places) {
    private static final String PARAMETER = "subject";

    /// @throws IllegalArgumentException if the query has other parameters, or does not ask for the subject
    static SubjectQuery read(String text) {
        var sql = new StringBuilder(text.length());
        var places = 0;
        int at = 0;
        while (at < text.length()) {
            int end = endOfPassage(text, at);
            if (end > at) {
                sql.append(text, at, end);
                at = end;
            } else if (text.charAt(at) == '?') {
                throw new IllegalArgumentException("the query holds a ?; its only parameter is :subject");
            } else if (text.charAt(at) == ':' && isNameAt(text, at + 1)) {
                int nameEnd = at + 1;
                while (nameEnd < text.length() && Character.isJavaIdentifierPart(text.charAt(nameEnd))) {
                    nameEnd++;
                }
                var name = text.substring(at + 1, nameEnd);
                if (!name.equals(PARAMETER)) {
                    throw new IllegalArgumentException("the query holds :" + name + "; its only parameter is :subject");
                }
                sql.append('?');
                places++;
                at = nameEnd;
            } else {
                sql.append(text.charAt(at++));
            }
        }
        if (places == 0) {
            throw new IllegalArgumentException(
                    "the query does not ask for :subject, so every wallet would get the same row");
        }
        return new SubjectQuery(sql.toString(), places);
    }

    private static boolean isNameAt(String text, int at) {
        return at < text.length() && Character.isJavaIdentifierStart(text.charAt(at));
    }

    /// The end of the quotation, comment or cast that begins here; the same place if none does. Doubled quotes inside a
    /// quotation need no care: they read as two quotations side by side.
    private static int endOfPassage(String text, int at) {
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            return endAfter(text, String.valueOf(first), at + 1);
        }
        if (text.startsWith("--", at)) {
            return endAfter(text, "\n", at);
        }
        if (text.startsWith("/*", at)) {
            return endAfter(text, "*/", at + 2);
        }
        return text.startsWith("::", at) ? at + 2 : at;
    }

    private static int endAfter(String text, String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }
}
