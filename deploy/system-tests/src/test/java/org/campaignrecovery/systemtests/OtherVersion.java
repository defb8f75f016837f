package org.campaignrecovery.systemtests;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;

/** The services of another commit, which was built in a directory of its own. */
record OtherVersion(Path repository) {

    /** That of the directory which the variable names. */
    static OtherVersion of(String variable) {
        return new OtherVersion(Path.of(Objects.requireNonNull(System.getenv(variable), variable + " names no directory")));
    }

    /** Starts it on the scene and does not wait. @param settings as those of {@link Scene#startWorker}; both versions must know them */
    Service start(Scene scene, ServiceKind kind, int number, String... settings) {
        return scene.cluster().launch(kind, number, Scene.options(List.of(settings)),
                Map.of(kind.jarVariable(), repository.resolve(kind.jar()).toString()));
    }
}
