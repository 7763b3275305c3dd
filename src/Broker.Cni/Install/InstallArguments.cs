namespace Broker.Cni.Install;

/// <summary>
/// What <c>broker-ipam install</c> and <c>remove</c> are told: where the host's folders are mounted, and what goes
/// there.
/// </summary>
/// <param name="Removes">Whether it takes away instead.</param>
/// <param name="BinFolder">Where the runtime finds plugins.</param>
/// <param name="ConfFile">The configuration list to make.</param>
/// <param name="ConfTemplate">What is in it, with <see cref="ServerWord"/> for the broker's address.</param>
/// <param name="CaFile">The file that the configuration list names as <c>caFile</c>.</param>
/// <param name="CaSource">What is in it.</param>
/// <param name="Server">The broker's node listener.</param>
/// <param name="Once">Whether it ends when all is in place, instead of keeping it so.</param>
internal sealed record InstallArguments(
    bool Removes,
    string BinFolder,
    string ConfFile,
    string ConfTemplate,
    string CaFile,
    string CaSource,
    string Server,
    bool Once)
{
    /// <summary>Stands in the template for <see cref="Server"/>.</summary>
    public const string ServerWord = "BROKER_SERVER";

    public const string Usage =
        "usage: broker-ipam install --bin=FOLDER --conf=FILE --conf-template=FILE --ca=FILE --ca-source=FILE "
        + "--server=https://HOST:PORT [--once]\n"
        + "       broker-ipam remove --bin=FOLDER --conf=FILE --ca=FILE [--once]";

    private static readonly string[] always = ["--bin", "--conf", "--ca"];
    private static readonly string[] toInstall = ["--conf-template", "--ca-source", "--server"];

    /// <summary>Null, and what is wrong, when they cannot be used.</summary>
    public static InstallArguments? Read(ReadOnlySpan<string> arguments, out string fault)
    {
        var removes = arguments[0] == "remove";
        var values = new Dictionary<string, string>();
        var once = false;
        fault = "";
        foreach (var argument in arguments[1..])
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            if (argument == "--once")
            {
                once = true;
            }
            else if (equals > 0 && (always.Contains(name) || (!removes && toInstall.Contains(name))))
            {
                values[name] = argument[(equals + 1)..];
            }
            else
            {
                fault = $"{name} is not an option here, or has no value.";
                return null;
            }
        }

        foreach (var name in removes ? always : [.. always, .. toInstall])
        {
            if (!values.TryGetValue(name, out var value) || value.Length == 0)
            {
                fault = $"{name} is missing.";
                return null;
            }
        }

        var server = values.GetValueOrDefault("--server", "");
        if (!removes && !IsServer(server))
        {
            fault = $"--server: '{server}' is not https://HOST:PORT.";
            return null;
        }

        return new InstallArguments(
            removes, values["--bin"], values["--conf"], values.GetValueOrDefault("--conf-template", ""),
            values["--ca"], values.GetValueOrDefault("--ca-source", ""), server, once);
    }

    // What a kubelet leaves as it is when there is no such variable, $(NAME), has no place in an address.
    private static bool IsServer(string text) =>
        !text.Contains('$', StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var server)
        && server.Scheme == Uri.UriSchemeHttps
        && server.PathAndQuery == "/"
        && server.UserInfo.Length == 0;
}
