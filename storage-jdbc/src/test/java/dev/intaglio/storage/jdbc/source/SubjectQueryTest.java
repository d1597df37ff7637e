package dev.intaglio.storage.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Queries with :subject")
class SubjectQueryTest {
    @Test
    @DisplayName("each :subject becomes a bound place")
    void places() {
        assertThat(SubjectQuery.read("select a from t where x = :subject or y=:subject"))
                .isEqualTo(new SubjectQuery("select a from t where x = ? or y=?", 2));
    }

    @Test
    @DisplayName("quotes, comments and casts are left alone")
    void leavesPassagesAlone() {
        var text = """
                select 'it''s :subject ?' as "a:subject?", b::date -- :other ?
                /* :other ' ? */ from t where x = :subject::text""";
        assertThat(SubjectQuery.read(text))
                .isEqualTo(new SubjectQuery(text.replace("x = :subject::text", "x = ?::text"), 1));
    }

    @Test
    @DisplayName("array bounds are no parameters")
    void arrayBounds() {
        assertThat(SubjectQuery.read("select a[1:2] from t where x = :subject").sql())
                .isEqualTo("select a[1:2] from t where x = ?");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a query with another parameter is refused")
    @ValueSource(
            strings = {
                "select a from t where x = :subject and y = :clientId",
                "select a from t where x = :subjects",
                "select a from t where x = :subject and y = ?",
            })
    void refusesOtherParameters(String text) {
        assertThatThrownBy(() -> SubjectQuery.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only parameter is :subject");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a query that does not ask for the subject is refused")
    @ValueSource(
            strings = {
                "select a from t",
                "select ':subject' from t",
                "select a from t -- where x = :subject",
                "select a /* :subject"
            })
    void refusesWithoutSubject(String text) {
        assertThatThrownBy(() -> SubjectQuery.read(text)).hasMessageContaining("does not ask for :subject");
    }
}
