package org.campaignrecovery.api.audience;

import java.io.IOException;

import org.campaignrecovery.model.audience.CustomerId;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** Reads a customer id, a text or a number, into its canonical text; a blank one into an empty text, which the validation finds. */
public class CustomerIdText extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;

    public CustomerIdText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return CustomerId.of(parser.getText()).map(CustomerId::text).orElse("");
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return CustomerId.of(parser.getDecimalValue()).map(CustomerId::text).orElse("");
        }
        throw MismatchedInputException.from(parser, CustomerId.class, "a customer id is a text or a number");
    }

    @Override
    public String getNullValue(DeserializationContext context) {
        return "";
    }
}
