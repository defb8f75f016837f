package org.campaignrecovery.worker.sending.email;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;

import jakarta.inject.Qualifier;

/** The client of the SMTP server. */
@Qualifier
@Retention(RUNTIME)
@interface Smtp {
}
