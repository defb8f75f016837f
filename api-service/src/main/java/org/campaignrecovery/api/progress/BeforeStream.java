package org.campaignrecovery.api.progress;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import jakarta.ws.rs.NameBinding;

/** An operation that {@link StreamGate} looks at before it begins to stream. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@interface BeforeStream {
}
