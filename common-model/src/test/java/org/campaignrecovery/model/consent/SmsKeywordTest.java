package org.campaignrecovery.model.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsKeywordTest {

    @ParameterizedTest
    @CsvSource({"STOP,STOP", "' stop.\n',STOP", "Stopall,STOP", "unsubscribe!,STOP", "cancel,STOP", "end,STOP", "quit,STOP", "START,START",
            "unstop,START", "Yes,START", "please stop,NONE", "stop it,NONE", "starting,NONE", "HELP,NONE", "'',NONE", ",NONE"})
    void isTheWholeMessage(String body, SmsKeyword keyword) {
        assertThat(SmsKeyword.of(body)).isEqualTo(keyword);
    }
}
