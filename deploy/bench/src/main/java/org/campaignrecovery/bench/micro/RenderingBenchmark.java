package org.campaignrecovery.bench.micro;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.model.template.ContentTemplates;
import org.campaignrecovery.model.template.EmailTemplate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The three parts of an e-mail with the recipient's name in each. The yardstick puts the name in by {@link String#replace}, unescaped. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RenderingBenchmark {
    private static final String SUBJECT = "Something for you, {{name}}";
    private static final String HTML = "<p>Hello <b>{{name}}</b>,</p><p>your next order is on its way to be 10 % cheaper.</p>";
    private static final String TEXT = "Hello {{name}},\n\nyour next order is on its way to be 10 % cheaper.\n";
    private static final String FIELD = "{{name}}";

    private final Map<String, String> values = Map.of("name", "Ada Lovelace", "country", "United Kingdom");
    private EmailTemplate template;

    @Setup
    public void compile() throws ContentException {
        template = ContentTemplates.compile(new EmailContent(SUBJECT, HTML, TEXT, null), null).email().orElseThrow();
    }

    @Benchmark
    public Object ours() {
        return template.render(values);
    }

    @Benchmark
    public Object yardstick() {
        String name = values.get("name");
        return new String[]{SUBJECT.replace(FIELD, name), HTML.replace(FIELD, name), TEXT.replace(FIELD, name)};
    }
}
