package org.campaignrecovery.api.doctor;

import io.smallrye.mutiny.Uni;

/** Looks at one part of the system; changes nothing that matters. */
interface DoctorCheck {

    Subject subject();

    /** May fail or hang: the doctor bounds it and makes a finding of it. Subscribed on a thread that may block for a moment. */
    Uni<Finding> look();
}
