namespace Broker.Cli.Completion;

/// <summary>
/// Scripts that ask the program itself, by the <c>[suggest:POSITION]</c> directive of System.CommandLine, what may come
/// next; where it knows nothing, the shell completes file names.
/// </summary>
internal static class CompletionScripts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["bash"] = """
            _brokerctl() {
                local word="${COMP_WORDS[COMP_CWORD]}" line
                COMPREPLY=()
                while IFS= read -r line; do
                    [[ $line == "$word"* ]] && COMPREPLY+=("$line")
                done < <(brokerctl "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)
            }
            complete -o default -F _brokerctl brokerctl

            """,
        ["zsh"] = """
            _brokerctl() {
                local -a words_here
                words_here=("${(@f)$(brokerctl "[suggest:${CURSOR}]" "${BUFFER}" 2> /dev/null)}")
                if (( ${#words_here} )) && [[ -n ${words_here[1]} ]]; then
                    compadd -- "${words_here[@]}"
                else
                    _files
                fi
            }
            compdef _brokerctl brokerctl

            """,
        ["fish"] = """
            function __brokerctl_complete
                set -l line (commandline --current-process --cut-at-cursor)
                brokerctl "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null
            end
            complete --command brokerctl --arguments '(__brokerctl_complete)'

            """,
    };
}
