package org.campaignrecovery.local.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The checked-out repository: programs are started from wherever in it. */
public final class Repository {
    private Repository() {
    }

    /** The nearest directory upwards from the working directory that holds this module. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, java.util.Objects::nonNull, Path::getParent)
                .filter(path -> Files.exists(path.resolve("deploy/local/pom.xml")))
                .findFirst().orElseThrow(() -> new IllegalStateException(here + " is not inside the repository"));
    }
}
