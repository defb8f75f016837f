package org.campaignrecovery.ledger.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class SecretFilesTest {
    @TempDir
    Path directory;

    @Test
    void aFileHoldsWhatItsVariableWouldSay() throws IOException {
        assertThat(password(Map.of("SMTP_PASSWORD_FILE", written("sesame")))).isEqualTo("sesame");
        assertThat(password(Map.of("SMTP_PASSWORD", "open", "SMTP_PASSWORD_FILE", ""))).isEqualTo("open");
        assertThat(password(Map.of())).isEqualTo("none");
    }

    /** Compose gives a variable that is not set as an empty one. */
    @Test
    void anEmptyVariableBesideItIsNotGiven() throws IOException {
        assertThat(password(Map.of("SMTP_PASSWORD", "", "SMTP_PASSWORD_FILE", written("sesame")))).isEqualTo("sesame");
    }

    @Test
    void theLineBreakAtTheEndIsNotTheSecrets() throws IOException {
        assertThat(password(Map.of("SMTP_PASSWORD_FILE", written("sesame\n")))).isEqualTo("sesame");
        assertThat(password(Map.of("SMTP_PASSWORD_FILE", written("sesame\r\n")))).isEqualTo("sesame");
        assertThat(password(Map.of("SMTP_PASSWORD_FILE", written("two\nlines \n\n")))).isEqualTo("two\nlines \n");
    }

    @Test
    void nothingInASecretIsAnExpression() throws IOException {
        String secret = "a$b$$c${SMTP_USERNAME}\\$d\\${e:f}\\";
        assertThat(password(Map.of("SMTP_PASSWORD_FILE", written(secret), "SMTP_USERNAME", "eve"))).isEqualTo(secret);
    }

    @Test
    void bothAreOneTooMany() throws IOException {
        refused(Map.of("SMTP_PASSWORD", "open", "SMTP_PASSWORD_FILE", written("sesame")),
                "SMTP_PASSWORD and SMTP_PASSWORD_FILE are both set: set one of them");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        String missing = directory.resolve("missing").toString();
        refused(Map.of("SMTP_PASSWORD_FILE", missing),
                "SMTP_PASSWORD_FILE must name a file of text that can be read, not " + missing + " (NoSuchFileException)");
        refused(Map.of("SMTP_PASSWORD_FILE", directory.toString()),
                "SMTP_PASSWORD_FILE must name a file of text that can be read, not " + directory + " (IOException)");
        Path binary = Files.write(directory.resolve("binary"), new byte[]{(byte) 0xff, (byte) 0xfe});
        refused(Map.of("SMTP_PASSWORD_FILE", binary.toString()),
                "SMTP_PASSWORD_FILE must name a file of text that can be read, not " + binary + " (MalformedInputException)");
    }

    @Test
    void anEmptyFileIsAMistake() throws IOException {
        for (String nothing : new String[]{"", "\n", " \r\n"}) {
            String file = written(nothing);
            refused(Map.of("SMTP_PASSWORD_FILE", file),
                    "SMTP_PASSWORD_FILE must name a file that is not empty: " + file + " says nothing");
        }
    }

    /** Others' variables that end like ours are nobody's secrets: SSL_CERT_FILE is not one of SSL_CERT. */
    @Test
    void filesThatNobodyAsksForAreLeftAlone() {
        assertThat(password(Map.of("SSL_CERT_FILE", "/missing"))).isEqualTo("none");
    }

    private void refused(Map<String, String> environment, String sentence) {
        assertThatThrownBy(() -> password(environment)).isInstanceOf(ConfigurationException.class).hasMessage(sentence);
    }

    private static String password(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("campaign.smtp.password", "${SMTP_PASSWORD:none}");
        return new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredInterceptors()
                .withSources(new PropertiesConfigSource(all, "environment", 300)).build().getOptionalValue("campaign.smtp.password",
                        String.class)
                .orElse("none");
    }

    private String written(String text) throws IOException {
        return Files.writeString(directory.resolve("secret"), text).toString();
    }
}
