package dev.patchbay.codec.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison itself: it must be able to say no. */
class MatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1} | {'a':1.0,'b':null} | true",
                "{'a':1} | {'a':1,'b':2} | false",
                "{'a':null} | {} | true",
                "{'a':null} | {'a':1} | false",
                "{'a':'1'} | {'a':1} | false",
                "{'c':'x'} | {'c':[{'type':'text','text':'x'}]} | true",
                "{'c':[{'type':'text','text':'x'},{'type':'text','text':'y'}]} | {'c':'xy'} | false",
                "[1,2] | [2,1] | false",
                "{'a':{'$match':'absent'}} | {'a':null} | true",
                "{'a':{'$match':'any'}} | {} | false",
                "{'a':{'$match':'nonEmptyString'}} | {'a':''} | false",
                "{'a':{'$match':'contains','values':['X','y']}} | {'a':'xY'} | true",
                "{'a':{'$match':'excludes','values':['x']}} | {'a':{'b':'X'}} | false",
                "{'a':{'$match':'regex','value':'^b$'}} | {'a':'ab'} | false",
                "{'a':{'$match':'json','value':{'b':1}}} | {'a':'{}'} | false",
                "{'a':{'$match':'textJoin','values':['x','y']}} | {'a':'x \\n y'} | true",
                "{'a':{'$match':'textJoin','values':['x','y']}} | {'a':'x,y'} | false",
                "[{'$match':'bind','name':'n'},{'$match':'bind','name':'n'}] | ['i','i'] | true",
                "[{'$match':'bind','name':'n'},{'$match':'bind','name':'n'}] | ['i','j'] | false",
                "[{'$match':'bind','name':'n'},{'$match':'bind','name':'m'}] | ['i','i'] | false",
                "{'$match':'anyOf','values':[1,2]} | 3 | false",
                "{'$match':'allOf','values':[{'$match':'string'},'a']} | 'a' | true",
                "{'$match':'int','min':1,'max':3} | 4 | false",
                "{'$match':'parts','items':[{'type':'i'}]} | [{'type':'text','text':'x'},{'type':'i'}] | true",
                "{'$match':'parts','items':[{'type':'i'}]} | [{'type':'j'},{'type':'i'}] | false",
                "{'$match':'usage','values':{'a':1,'d':{'b':0}}} | {'a':1,'z':9} | true",
                "{'$match':'usage','values':{'a':1}} | {'a':2} | false",
                "{'$match':'subset','value':{'a':1}} | {'a':1,'b':2} | true",
                "{'$match':'unheard'} | 1 | false"
            })
    void comparesAsTheFormatSays(String expected, String actual, boolean matches) {
        assertThat(Match.differences(json(expected), json(actual)).isEmpty()).isEqualTo(matches);
    }

    @Test
    void findsWhatBreaksTheGrammar() {
        JsonNode start =
                json("{'type':'message_start','message':{'id':'i','role':'assistant','content':[],'usage':{}}}");
        JsonNode block = json("{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}");
        JsonNode foreign = json("{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta'}}");
        JsonNode end = json("{'type':'message_delta','delta':{'stop_reason':'x'},'usage':{'output_tokens':1}}");

        assertThat(MessagesGrammar.violations(List.of(start, block, foreign, end)))
                .containsExactly(
                        "delta thinking_delta on block 0, open is 0 text",
                        "message_delta while a block is open",
                        "no message_stop and no error");
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
