package org.campaignrecovery.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Test
    void aVariableRendersItsValue() throws TemplateException {
        assertThat(text("Dear {{name}}, {{ customer_id }}", Map.of("name", "Dana", "customer_id", "17850"))).isEqualTo("Dear Dana, 17850");
    }

    @Test
    void aMissingOrBlankFieldRendersAsNothing() throws TemplateException {
        Map<String, String> values = new HashMap<>(Map.of("blank", " \t"));
        values.put("nothing", null);
        assertThat(text("[{{blank}}{{nothing}}{{missing}}]", values)).isEqualTo("[]");
    }

    @Test
    void aSectionShowsWhenTheFieldHasAValue() throws TemplateException {
        String source = "{{#name}}Dear {{name}} of {{city}}{{/name}}{{^name}}Dear customer{{/name}}";
        assertThat(text(source, Map.of("name", "Dana", "city", "Bangor"))).isEqualTo("Dear Dana of Bangor");
        assertThat(text(source, Map.of("name", " "))).isEqualTo("Dear customer");
        assertThat(text(source, Map.of())).isEqualTo("Dear customer");
    }

    @Test
    void aSectionSeesTheCustomersFieldsAndNoJavaMethods() throws TemplateException {
        assertThat(
                text("{{#name}}{{length}}{{getClass}}{{class}}{{isEmpty}}{{bytes}}{{/name}}{{size}}{{entrySet}}", Map.of("name", "Dana")))
                .isEmpty();
    }

    @Test
    void valuesAreNotReadAsTemplates() throws TemplateException {
        assertThat(text("{{a}}{{b}}", Map.of("a", "{{b}}", "b", "{{#a}}"))).isEqualTo("{{b}}{{#a}}");
    }

    @Test
    void inHtmlAValueIsTextAndNeverMarkup() throws TemplateException {
        var template = Template.compile("<b title=\"{{name}}\">{{name}}</b>", Escaping.HTML);
        assertThat(template.render(Map.of("name", "O'Neil & <\"Söhne\">")))
                .isEqualTo("<b title=\"O&#39;Neil &amp; &lt;&quot;Söhne&quot;&gt;\">O&#39;Neil &amp; &lt;&quot;Söhne&quot;&gt;</b>");
    }

    @Test
    void inTextAValueStaysAsItIs() throws TemplateException {
        assertThat(text("{{name}}", Map.of("name", "O'Neil & <Söhne> 北京 🎁"))).isEqualTo("O'Neil & <Söhne> 北京 🎁");
    }

    @Test
    void aHeaderIsOneLineWhateverTheValuesHold() throws TemplateException {
        var subject = Template.compile("Hello\n{{name}} ", Escaping.NONE);
        assertThat(subject.renderLine(Map.of("name", "Dana\r\nBcc: everybody@c.example\u2028x\u0085y")))
                .isEqualTo("Hello Dana Bcc: everybody@c.example x y");
    }

    @Test
    void theFieldsOfVariablesAndSectionsAreKnown() throws TemplateException {
        var template = Template.compile("{{b}}{{#a}}{{c}}{{/a}}{{^d}}{{/d}}{{b}}{{! e }}", Escaping.NONE);
        assertThat(template.fields()).containsExactly("b", "a", "c", "d");
    }

    @Test
    void commentsAreLeftOutAndMayHoldAnything() throws TemplateException {
        assertThat(text("a{{! line\nof {{ things > . }}b", Map.of())).isEqualTo("ab");
    }

    @Test
    void bracesThatAreNotTagsAreText() throws TemplateException {
        assertThat(text("p{color:red} @media x{p{a:b}} { {{name}} } }}", Map.of("name", "Dana")))
                .isEqualTo("p{color:red} @media x{p{a:b}} { Dana } }}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"Dear {{name|1|6|never closed", "{{a {{b}}|1|1|never closed",
            "x{{#name}}y|1|2|{{/name}}", "{{/name}}|1|1|{{#name}}", "{{#a}}{{#b}}{{/a}}{{/b}}|1|13|{{/b}} must come first",
            "{{>header}}|1|1|include", "{{<parent}}{{/parent}}|1|1|include", "{{$block}}{{/block}}|1|1|include",
            "{{=<% %>=}}|1|1|exchanged",
            "{{{name}}}|1|1|two braces", "{{&name}}|1|1|without &", "{{}}|1|1|name is missing", "{{# }}|1|1|name is missing",
            "{{order.total}}|1|1|without dots", "{{.}}|1|1|without dots", "{{this}}|1|1|not a field", "{{-index}}|1|1|cannot be",
            "{{order total}}|1|1|'order total' cannot be", "{{ ! x}}|1|1|comment"})
    void brokenSyntaxIsRefusedWithItsPlaceAndWhatToChange(String source, int line, int column, String words) {
        assertThat(error(source)).returns(line, TemplateError::line).returns(column, TemplateError::column);
        assertThat(error(source).sentence()).contains(words).endsWith(".");
        assertThat(error("first\nand " + source)).returns(2, TemplateError::line).returns(column + 4, TemplateError::column);
    }

    @Test
    void sectionsNestedTooDeepAreRefused() {
        assertThat(error("{{#a}}".repeat(1_000) + "{{/a}}".repeat(1_000)).sentence()).contains("nested more than 20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no tags", "{", "}}", "{{größe}}", "{{order-total_2}}"})
    void plainTextAndPlainNamesAreTemplates(String source) throws TemplateException {
        assertThat(text(source, Map.of())).isNotNull();
    }

    @Test
    void whatIsNotRefusedRendersEveryTag() {
        var piece = arbitrary().pick("{{a}}", "{{#a}}", "{{/a}}", "{{^b}}", "{{/b}}", "{", "}", "{{", "}}", "x", "\n", " ", "{{!", "a");
        qt().forAll(lists().of(piece).ofSizeBetween(0, 10), strings().basicLatinAlphabet().ofLengthBetween(1, 5)).check((pieces, value) -> {
            try {
                String rendered = text(String.join("", pieces), Map.of("a", "v"));
                return !rendered.contains("{{");
            } catch (TemplateException refused) {
                return true;
            }
        });
    }

    private static String text(String source, Map<String, String> values) throws TemplateException {
        return Template.compile(source, Escaping.NONE).render(values);
    }

    private static TemplateError error(String source) {
        return catchThrowableOfType(TemplateException.class, () -> Template.compile(source, Escaping.NONE)).error();
    }
}
