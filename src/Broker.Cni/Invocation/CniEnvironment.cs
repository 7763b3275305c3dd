using Broker.Cni.Errors;

namespace Broker.Cni.Invocation;

/// <summary>
/// The parameters that a runtime gives in environment variables, checked as libcni's own plugins do, so that a typing
/// error is told before anything is asked of the broker. Only what a verb uses must be there.
/// </summary>
internal sealed record CniEnvironment(
    CniVerb Verb, string ContainerId, string Interface, CniArguments Arguments, TraceContext Trace)
{
    /// <summary>Longest container ID that the broker takes.</summary>
    public const int ContainerIdCharsMax = 128;

    private static readonly (string Word, CniVerb Verb)[] verbs =
    [
        ("ADD", CniVerb.Add), ("DEL", CniVerb.Del), ("CHECK", CniVerb.Check),
        ("GC", CniVerb.GC), ("STATUS", CniVerb.Status), ("VERSION", CniVerb.Version),
    ];

    /// <exception cref="CniException">A variable is missing or malformed; code 4, all of them named.</exception>
    public static CniEnvironment Read(Func<string, string?> variable)
    {
        var verb = VerbOf(variable("CNI_COMMAND") ?? string.Empty);
        if (verb is CniVerb.GC or CniVerb.Status or CniVerb.Version)
        {
            return new CniEnvironment(verb, string.Empty, string.Empty, CniArguments.None, TraceContext.Read(variable));
        }

        var (container, @interface) = (variable("CNI_CONTAINERID") ?? "", variable("CNI_IFNAME") ?? "");
        List<string> missing = [];
        Require(container, "CNI_CONTAINERID");
        if (verb != CniVerb.Del)
        {
            Require(variable("CNI_NETNS"), "CNI_NETNS");
        }

        Require(@interface, "CNI_IFNAME");
        if (missing.Count > 0)
        {
            throw Invalid($"required env variables [{string.Join(',', missing)}] missing", "The runtime sets them.");
        }

        if (!AttachmentRules.IsName(container) || container.Length > ContainerIdCharsMax)
        {
            throw Invalid(
                "invalid characters in CNI_CONTAINERID, or too many",
                $"It has at most {ContainerIdCharsMax} letters, digits and . _ - and begins with one of the former.");
        }

        if (!AttachmentRules.IsInterface(@interface))
        {
            throw Invalid(
                "invalid interface name in CNI_IFNAME",
                "It has 1 to 15 printable characters without / and :, and is neither . nor .. .");
        }

        return new CniEnvironment(
            verb, container, @interface, ArgumentsOf(verb, variable("CNI_ARGS")), TraceContext.Read(variable));

        void Require(string? value, string name)
        {
            if (string.IsNullOrEmpty(value))
            {
                missing.Add(name);
            }
        }
    }

    // What CNI_ARGS says matters to ADD alone: a release must not fail for a label.
    private static CniArguments ArgumentsOf(CniVerb verb, string? text) =>
        verb == CniVerb.Add ? CniArguments.Parse(text ?? string.Empty) : CniArguments.None;

    private static CniVerb VerbOf(string word)
    {
        foreach (var known in verbs)
        {
            if (known.Word == word)
            {
                return known.Verb;
            }
        }

        throw Invalid($"unknown CNI_COMMAND: {Shown.Of(word)}", "Use ADD, DEL, CHECK, GC, STATUS or VERSION.");
    }

    private static CniException Invalid(string message, string details) =>
        new(CniErrorCode.InvalidEnvironment, message, details);
}
