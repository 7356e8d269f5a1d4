package dev.patchbay.codec;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VQ6: schemas that Anthropic compiles into a grammar. */
class GrammarSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string','minLength':3,'maxLength':9,'description':'d'} | {'type':'string','description':'d Must satisfy minLength: 3, maxLength: 9.'}",
                "{'type':'array','items':{'type':'number','multipleOf':2},'minItems':2,'uniqueItems':true} | {'type':'array','items':{'type':'number','description':'Must satisfy multipleOf: 2.'},'description':'Must satisfy minItems: 2, uniqueItems: true.'}",
                "{'type':'array','items':{'type':'string'},'minItems':1} | {'type':'array','items':{'type':'string'},'minItems':1}",
                "{'type':'string','format':'uuid'} | {'type':'string','format':'uuid'}",
                "{'type':'string','format':'byte'} | {'type':'string','description':'Must satisfy format: byte.'}",
                "{'type':'string','pattern':'^a+$'} | {'type':'string','pattern':'^a+$'}",
                "{'type':'string','pattern':'^(?!a)'} | {'type':'string','description':'Must satisfy pattern: ^(?!a).'}",
                "{'oneOf':[{'type':'string'},{'type':'null'}]} | {'anyOf':[{'type':'string'},{'type':'null'}]}",
                "{'oneOf':[{'type':'string'}],'anyOf':[{'type':'string'},{'type':'null'}]} | {'anyOf':[{'type':'string'},{'type':'null'}],'description':'Must satisfy oneOf: [{\\\"type\\\":\\\"string\\\"}].'}",
                "{'type':'object','properties':{'maximum':{'type':'integer','maximum':5}}} | {'type':'object','properties':{'maximum':{'type':'integer','description':'Must satisfy maximum: 5.'}}}",
                "{'$ref':'#/$defs/a','$defs':{'a':{'type':'integer','exclusiveMinimum':0}}} | {'$ref':'#/$defs/a','$defs':{'a':{'type':'integer','description':'Must satisfy exclusiveMinimum: 0.'}}}",
                "{'enum':[{'minLength':1}],'default':{'maximum':1}} | {'enum':[{'minLength':1}],'default':{'maximum':1}}"
            })
    void saysInWordsWhatNoGrammarKnows(String schema, String expected) {
        assertThat(Translate.reread(GrammarSchema.of(json(schema)))).isEqualTo(json(expected));
    }
}
