package dev.intaglio.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.RandomJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6749 §3.2, App. B: form parameters")
class FormTest {
    @Test
    @DisplayName("are decoded, with plus for space and UTF-8 in escapes")
    void decoded() {
        var form = Form.read("a=1&b=x+y%20z&c=%E2%82%AC&d=a%3Db%26c&&e");
        assertThat(form.value("a")).contains("1");
        assertThat(form.value("b")).contains("x y z");
        assertThat(form.value("c")).contains("€");
        assertThat(form.value("d")).contains("a=b&c");
        assertThat(form.value("e")).isEmpty();
        assertThat(form.value("f")).isEmpty();
    }

    @Test
    @DisplayName("without a value count as absent")
    void emptyIsAbsent() {
        assertThat(Form.read("a=&b").value("a")).isEmpty();
        assertThat(Form.read("").value("a")).isEmpty();
    }

    @Test
    @DisplayName("are refused when repeated, with the same value too, and when the first was empty")
    void repeated() {
        for (var text : new String[] {"a=1&a=2", "a=1&a=1", "a=&a=1", "a&a", "%61=1&a=2"}) {
            assertThatThrownBy(() -> Form.read(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("repeated");
        }
        assertThatThrownBy(() -> Form.read("\u0001x=1&\u0001x=2")).hasMessageNotContaining("\u0001");
    }

    @ParameterizedTest
    @DisplayName("are refused when an escape is broken, and what stands there is not repeated")
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%-1", "%zz=a", "a=1%"})
    void brokenEscapes(String text) {
        assertThatThrownBy(() -> Form.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a parameter is not percent-encoded as a form is")
                .hasNoCause();
    }

    @Test
    @DisplayName("that were written are read again, whatever is in them: read(write(x)) = x")
    void roundTrip() {
        var texts = new RandomJson(7);
        for (var i = 0; i < 2_000; i++) {
            var parameters = new LinkedHashMap<String, String>();
            texts.some(texts::text).forEach(name -> parameters.put(name, texts.text() + "x"));
            var form = Form.empty();
            for (var parameter : parameters.entrySet()) {
                form = form.with(parameter.getKey(), parameter.getValue());
            }
            var read = Form.read(new String(form.bytes(), StandardCharsets.US_ASCII));
            parameters.forEach((name, value) -> assertThat(read.value(name)).contains(value));
            assertThat(read.encoded()).isEqualTo(form.encoded()).matches("[A-Za-z0-9%._*=&-]*");
        }
    }

    @Test
    @DisplayName("are in toString by name only")
    void toStringNames() {
        var form = Form.empty().with("tx_code", "493536").with("absent", Optional.empty());
        assertThat(form.toString()).contains("tx_code").doesNotContain("493536", "absent");
    }
}
