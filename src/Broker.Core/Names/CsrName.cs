namespace Broker.Core.Names;

/// <summary>
/// The name of a CertificateSigningRequest object: 1 to 253 letters, digits and <c>. _ : -</c>. Kubernetes asks only
/// for a good path segment here, and kubelets name their first request with base64url, upper case and underscores
/// included (pkg/kubelet/certificate/bootstrap, <c>digestedName</c>).
/// </summary>
public readonly record struct CsrName
{
    private CsrName(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Takes the text if it has the form that the type demands.</summary>
    public static bool TryParse(string? text, out CsrName value)
    {
        var good = NameRules.IsToken(text, NameRules.SubdomainCharsMax) && text is not ("." or "..");
        value = good ? new CsrName(text!) : default;
        return good;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static CsrName Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a CsrName.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
