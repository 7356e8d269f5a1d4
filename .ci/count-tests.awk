# Of surefire's reports, given as files: names each test that failed, and each that passed only when run again, with the first
# lines of why, and ends with one line that counts them all. Fails if one failed.
#
# It counts the <testcase> elements: the numbers in the attributes of <testsuite> are those of the last run alone where failed
# tests are run again, and none at all where a class has nested ones.

function attribute(name,    value) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    value = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    gsub(/&lt;/, "<", value)
    gsub(/&gt;/, ">", value)
    gsub(/&quot;/, "\"", value)
    gsub(/&amp;/, "\\&", value)
    return value
}

# One more of a kind, whose text follows: a log that is cut must still show them all.
function name_test(kind) {
    kinds[kind]++
    named = ""
    if (kinds[kind] > 50) return
    named = kind
    texts[kind] = texts[kind] kind ": " module ", JDK " jdk ": " test "\n"
    lines = 0
}

# The first lines of a failure's message, and the place in the project that it came from.
function quote(line,    place) {
    place = line ~ /^\tat /
    if (named == "" || line ~ /^[ \t]*$/ || (place ? line ~ /^\tat (org\.(junit|assertj)|java\.)/ : lines == 8)) return
    sub(/^\t/, "  ", line)
    texts[named] = texts[named] "    " substr(line, 1, 300) "\n"
    lines++
    if (place) named = ""
}

function read_text(line) {
    # An end that belongs to the text is written as two sections.
    gsub(/\]\]\]\]><!\[CDATA\[>/, "]] >", line)
    in_text = line !~ /\]\]>/
    sub(/\]\]>.*/, "", line)
    quote(line)
    if (!in_text) named = ""
}

function print_named(kind) {
    printf "%s", texts[kind]
    if (kinds[kind] > 50) printf "%s: %d more, see the reports in target\n", kind, kinds[kind] - 50
}

FNR == 1 {
    module = FILENAME
    sub(/^\.\//, "", module)
    sub(/\/target\/.*/, "", module)
    jdk = "?"
    test = named = ""
    in_text = 0
}

# What stands in CDATA is a test's own text, however much it looks like a report.
in_text { read_text($0); next }

/^ *<property name="java.specification.version"/ { jdk = attribute("value") }
/^ *<testcase / { tests++; test = attribute("classname") "." attribute("name") }
/^ *<skipped/ { skipped++ }
/^ *<(failure|error)[ >\/]/ { failed++; name_test("failed") }
/^ *<flaky(Failure|Error)[ >\/]/ { name_test("passed only when run again") }
/^ *<(system-out|system-err|rerunFailure|rerunError)[ >]/ { named = "" }

match($0, /<!\[CDATA\[/) { read_text(substr($0, RSTART + RLENGTH)) }

END {
    print_named("passed only when run again")
    print_named("failed")
    # The empty line ends whatever Maven left open, such as a colour.
    printf "\n%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped
    exit failed > 0
}
