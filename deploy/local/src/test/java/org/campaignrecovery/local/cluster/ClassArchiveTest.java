package org.campaignrecovery.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClassArchiveTest {
    @TempDir
    Path directory;

    /** Starts as a service does, and ends when it is told to. */
    static final class Starts {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("started in 0 s");
            if (arguments.length == 0) {
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    static final class Fails {
        public static void main(String[] arguments) {
            System.exit(1);
        }
    }

    @Test
    void whatIsStartedFromItReadsItsClassesThere() throws Exception {
        Path jar = jar(Starts.class);
        ClassArchive archive = new ClassArchive(jar);
        assertThat(archive.options()).as("before it is made").isEmpty();
        archive.make();
        assertThat(archive.options()).isNotEmpty();
        assertThat(run(archive.options(), jar)).contains(Starts.class.getName() + " source: shared objects file (top)")
                .contains("started in");
    }

    @Test
    void itIsMadeOnceForEachBuild() throws Exception {
        Path jar = jar(Starts.class);
        ClassArchive archive = new ClassArchive(jar);
        archive.make();
        Path file = Path.of(archive.options().get(0).split("=", 2)[1]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        FileTime made = Files.getLastModifiedTime(file);
        archive.make();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(120)));
        assertThat(archive.options()).as("of an older build").isEmpty();
    }

    @Test
    void withoutOneServicesStartAllTheSame() throws Exception {
        ClassArchive archive = new ClassArchive(jar(Fails.class));
        archive.make();
        assertThat(archive.options()).isEmpty();
    }

    private Path jar(Class<?> main) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        Path jar = directory.resolve("program.jar");
        String entry = main.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes = main.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
        }
        return jar;
    }

    private static String run(List<String> options, Path jar) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xlog:class+load", "-jar", jar.toString(), "and end"));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
