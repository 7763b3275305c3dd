# The .NET SDK: whether it is here, and how it is called.

require_sdk() {
    local version
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
    # A service account may have no home: dotnet and NuGet keep their caches in one.
    if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
        export HOME="$repository/artifacts/home"
        mkdir -p "$HOME"
        note "HOME is not usable; caches go to artifacts/home."
    fi

    command -v dotnet >/dev/null 2>&1 || stop ".NET SDK 10 is missing: there is no dotnet on the PATH.
   Install it from https://dotnet.microsoft.com/download/dotnet/10.0 (on Ubuntu: apt-get install dotnet-sdk-10.0)."
    if ! version=$(dotnet --version 2>/dev/null); then
        stop "dotnet is here, but no SDK that global.json takes (10.0.100 or newer 10). It has:
$(dotnet --list-sdks 2>/dev/null | sed 's/^/   /')
   Install one from https://dotnet.microsoft.com/download/dotnet/10.0 (on Ubuntu: apt-get install dotnet-sdk-10.0)."
    fi
    note ".NET SDK $version"
}

# Debug: it builds in half the time of Release, keeps assertions and exact lines in traces, and no short size
# measures speed. Campaigns that do may set BROKER_TEST_CONFIGURATION=Release.
configuration=${BROKER_TEST_CONFIGURATION:-Debug}

build_solution() {
    headline "build: Broker.sln, a warning is an error"
    local log="$reports/build.log"
    if with_progress build logged "$log" dotnet build Broker.sln -warnaserror -c "$configuration" -v:quiet -nologo; then
        count_check build passed
    else
        grep -E 'error|warn' "$log" | sort -u | head -n 40 || tail -n 40 "$log"
        complain "The build failed; all of it is in $log"
        count_check build failed
        return 1
    fi
}

logged() {
    local log=$1
    shift
    "$@" >"$log" 2>&1
}
