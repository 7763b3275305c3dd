# Reads apt's source lists, one-line and deb822 alike, and writes a deb-src line for the main component of `suite` in
# each archive that they name for it, with the same key. Stanzas that are off are passed over.

function flush(    i, n, list, key) {
    if (uris != "" && enabled != "no" && (" " suites " ") ~ (" " suite " ") && (" " components " ") ~ / main /) {
        key = signed ~ /^\// ? "[signed-by=" signed "] " : ""
        n = split(uris, list, " ")
        for (i = 1; i <= n; i++) print "deb-src " key list[i] " " suite " main"
    }
    uris = suites = components = signed = enabled = field = ""
}

FNR == 1 { flush() }
/^[ \t]*#/ { next }
/^[ \t]*$/ { flush(); next }

/^deb(-src)?[ \t]/ {
    flush()
    line = $0
    sub(/^deb(-src)?[ \t]+/, "", line)
    if (match(line, /^\[[^]]*\][ \t]+/)) {
        options = substr(line, 2, RLENGTH - 2)
        line = substr(line, RLENGTH + 1)
        if (match(options, /signed-by=[^] \t]+/)) signed = substr(options, RSTART + 10, RLENGTH - 10)
    }
    n = split(line, word, /[ \t]+/)
    uris = word[1]
    suites = word[2]
    for (i = 3; i <= n; i++) components = components " " word[i]
    flush()
    next
}

/^[A-Za-z-]+:/ {
    field = tolower($0)
    sub(/:.*/, "", field)
    value = $0
    sub(/^[^:]*:[ \t]*/, "", value)
    add(value)
    next
}

/^[ \t]/ { add($0) }

function add(value) {
    gsub(/[ \t]+/, " ", value)
    if (field == "uris") uris = uris " " value
    if (field == "suites") suites = suites " " value
    if (field == "components") components = components " " value
    if (field == "signed-by") signed = signed value
    if (field == "enabled") enabled = tolower(value)
}

END { flush() }
