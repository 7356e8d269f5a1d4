package dev.patchbay.codec;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quirk {@code schema} of section 1.0. */
class SchemaRewriterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':['string','null']} | {'nullable':true,'type':'string'}",
                "{'type':['string','integer','null']} | {'nullable':true,'anyOf':[{'type':'string'},{'type':'integer'}]}",
                "{'const':'a'} | {'enum':['a'],'type':'string'}",
                "{'type':'integer','const':1,'enum':[1,2]} | {'type':'integer'}",
                "{'type':'string','enum':['','a']} | {'type':'string','enum':['a']}",
                "{'type':'string','enum':['']} | {'type':'string'}",
                "{'type':['string','null'],'enum':['x',null]} | {'nullable':true,'type':'string','enum':['x']}",
                "{'const':5} | {'type':'integer'}",
                "{'enum':[1,2.5]} | {'type':'number'}",
                "{'enum':[true]} | {'type':'boolean'}",
                "{'type':'string','format':'uri','$schema':'x'} | {'type':'string'}",
                "{'type':'string','format':'date-time'} | {'type':'string','format':'date-time'}",
                "{'anyOf':[{'type':'string'},{'type':'null'}],'description':'d'}"
                        + " | {'nullable':true,'type':'string','description':'d'}",
                "{'oneOf':[{'type':'string'},{'type':'number'}]} | {'anyOf':[{'type':'string'},{'type':'number'}]}",
                "{'type':'object','additionalProperties':false,'properties':{'const':{'$ref':'#/$defs/a'}},'required':"
                        + "['const','b'],'$defs':{'a':{'type':'array'}}} | {'type':'object','properties':{'const':"
                        + "{'type':'array','items':{'type':'string'}}},'required':['const']}",
                "{'allOf':[{'type':'object','properties':{'a':{'type':'string'}}},{'required':['a']}]}"
                        + " | {'type':'object','properties':{'a':{'type':'string'}},'required':['a']}"
            })
    void bringsSchemasIntoGeminisForm(String schema, String expected) {
        assertThat(Translate.reread(SchemaRewriter.forHost(json(schema), "gemini")))
                .isEqualTo(json(expected));
    }

    @Test
    void endsSchemasThatHoldThemselves() {
        String schema = "{'type':'object','properties':{'next':{'$ref':'#'},'b':{'$ref':'#/$defs/b'}},"
                + "'$defs':{'b':{'$ref':'#/$defs/b'}}}";

        assertThat(SchemaRewriter.forHost(json(schema), "gemini").toString())
                .doesNotContain("$ref", "$defs")
                .contains("next");
    }

    @Test
    void movesTheTypeIntoTheBranchesForMoonshot() {
        assertThat(SchemaRewriter.forHost(
                        json(
                                "{'type':'object','properties':{'a':{'type':'string','anyOf':[{'minLength':1},{'type':'null'}]}}}"),
                        "moonshot"))
                .isEqualTo(json("{'type':'object','properties':{'a':{'anyOf':[{'minLength':1,'type':'string'},"
                        + "{'type':'null'}]}}}"));
    }

    @Test
    void leavesSchemasAloneElsewhere() {
        String schema = "{'type':['string','null'],'const':'a'}";

        assertThat(SchemaRewriter.forHost(json(schema), "plain")).isEqualTo(json(schema));
    }
}
