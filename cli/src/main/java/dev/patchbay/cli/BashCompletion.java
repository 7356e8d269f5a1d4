package dev.patchbay.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for bash, and for zsh through its {@code bashcompinit}: one function, a row of data for each command, and each list of values
 * once. Where it knows nothing the shell completes names of files.
 *
 * <p>Bash takes a word apart at the characters of {@code COMP_WORDBREAKS}, a colon among them, and puts a completion in the place of the
 * last part alone (gnu.org/software/bash/manual, "Programmable Completion"): what stands before that part is cut off.
 */
final class BashCompletion {

    private static final String FUNCTION = """
            if [ -n "${ZSH_VERSION:-}" ]; then
                type compdef >/dev/null 2>&1 || { autoload -U +X compinit && compinit; }
                autoload -U +X bashcompinit && bashcompinit
            fi

            _complete_patchbay() {
                local line cur prev rest word before path='' started=''
                local commands names options values lists list arguments candidates=()
                COMPREPLY=()
                if [ -n "${ZSH_VERSION:-}" ]; then
                    cur=${COMP_WORDS[COMP_CWORD]}
                    prev=${COMP_WORDS[$((COMP_CWORD - 1))]}
                else
                    case ${COMP_WORDS[COMP_CWORD]} in \\"* | \\'*) return ;; esac
                    line=${COMP_LINE:0:COMP_POINT}
                    cur=${line##*[[:space:]]}
                    rest=${line%"$cur"}
                    prev=${rest%"${rest##*[![:space:]]}"}
                    prev=${prev##*[[:space:]]}
                fi
                _patchbay_command ''
                before=''
                for word in "${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
                    [ "$word" != -- ] || return
                    if [[ " $values " == *" $before "* && -n $before ]]; then
                        before=''
                        continue
                    fi
                    before=$word
                    if [[ $word != -* && " $commands " == *" $word "* ]]; then
                        path="$path $word"
                        _patchbay_command "${path# }"
                        before=''
                    fi
                done
                list=''
                rest=''
                if [[ $cur == --*=* ]]; then
                    rest=${cur%%=*}=
                    prev=${cur%%=*}
                fi
                if [[ $prev == -* && " $values " == *" $prev "* ]]; then
                    for word in "${lists[@]}"; do
                        if [ "${word%%=*}" = "$prev" ]; then list=${word#*=}; fi
                    done
                elif [[ $cur == -* ]]; then
                    list=options
                else
                    candidates=("${names[@]}")
                    list=$arguments
                fi
                case $list in
                    options) candidates=("${options[@]}") ;;
            LISTS
                esac
                before=''
                if [ -z "${ZSH_VERSION:-}" ]; then
                    for word in : = @; do
                        if [[ $COMP_WORDBREAKS == *"$word"* && $cur == *"$word"* ]]; then
                            line=${cur%"${cur##*"$word"}"}
                            # Of this one readline makes the beginning of a part, and not its end.
                            [ "$word" != @ ] || line=${line%@}
                            if [ ${#line} -gt ${#before} ]; then before=$line; fi
                        fi
                    done
                fi
                for word in "${candidates[@]}"; do
                    word=$rest$word
                    if [[ $word == "$cur"* ]]; then COMPREPLY+=("${word#"$before"}"); fi
                done
            }

            """;

    private final StringBuilder table = new StringBuilder();
    private final Map<List<String>, String> lists = new LinkedHashMap<>();

    private BashCompletion() {}

    static String of(CommandLine root) {
        BashCompletion bash = new BashCompletion();
        bash.command(root, "");
        StringBuilder script = new StringBuilder();
        StringBuilder cases = new StringBuilder();
        bash.lists.forEach((values, name) -> {
            script.append("_patchbay_")
                    .append(name)
                    .append("=(")
                    .append(words(values))
                    .append(")\n");
            cases.append("        ")
                    .append(name)
                    .append(") candidates+=(\"${_patchbay_")
                    .append(name)
                    .append("[@]}\") ;;\n");
        });
        return script.append(
                        "\n_patchbay_command() {\n    commands='' names=() options=() values='' lists=() arguments=''\n    case $1 in\n")
                .append(bash.table)
                .append("    esac\n}\n\n")
                .append(FUNCTION.replace("LISTS\n", cases))
                .append("complete -F _complete_patchbay -o default -o bashdefault patchbay\n")
                .toString();
    }

    private void command(CommandLine command, String path) {
        CommandSpec spec = command.getCommandSpec();
        List<String> names = new ArrayList<>(command.getSubcommands().keySet());
        TreeSet<String> options = new TreeSet<>();
        List<String> valued = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            options.addAll(List.of(option.names()));
            if (option.arity().max() > 0) {
                valued.addAll(List.of(option.names()));
                String list = list(option);
                if (!list.isEmpty()) {
                    List.of(option.names()).forEach(name -> known.add(name + "=" + list));
                }
            }
        }
        String arguments = spec.positionalParameters().stream()
                .map(this::list)
                .filter(list -> !list.isEmpty())
                .findFirst()
                .orElse("");
        table.append("        '%s') commands='%s' names=(%s) options=(%s) values='%s' lists=(%s) arguments='%s' ;;%n"
                .formatted(
                        path,
                        String.join(" ", names),
                        words(names),
                        words(options),
                        String.join(" ", valued),
                        words(known),
                        arguments));
        command.getSubcommands().forEach((name, sub) -> command(sub, (path + " " + name).strip()));
    }

    /** The name of the list of an argument's values; empty if there is none. */
    private String list(ArgSpec argument) {
        if (argument.completionCandidates() == null) {
            return "";
        }
        List<String> values = new ArrayList<>();
        argument.completionCandidates().forEach(values::add);
        return lists.computeIfAbsent(values, added -> "list" + lists.size());
    }

    private static String words(Iterable<String> words) {
        StringBuilder quoted = new StringBuilder();
        words.forEach(word -> quoted.append(quoted.isEmpty() ? "" : " ")
                .append('\'')
                .append(word.replace("'", "'\\''"))
                .append('\''));
        return quoted.toString();
    }
}
