package org.campaignrecovery.model.template;

import java.util.Map;
import java.util.Set;

/** The compiled body of an SMS. */
public record SmsTemplate(Template body) {

    public Set<String> fields() {
        return body.fields();
    }

    public RenderedSms render(Map<String, String> values) {
        return new RenderedSms(body.render(values));
    }
}
