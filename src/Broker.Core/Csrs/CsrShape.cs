using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Core.Csrs;

/// <summary>The shape of a decision on a signing request.</summary>
internal static class CsrShape
{
    /// <summary>Longest signer and requester.</summary>
    public const int TextCharsMax = 253;

    public static Refusal? Check(DecideCsr command)
    {
        var csr = command.Csr;
        if (csr.Csr.Value is null || csr.Node.Value is null || csr.Key.Value is null || csr.Request.Value is null)
        {
            return Invalid("csr: name, node, key and request are needed.");
        }

        if (!NameRules.IsToken(csr.CsrUid, 64))
        {
            return Invalid("csrUid: 1 to 64 letters, digits and . _ : -");
        }

        if (!IsText(csr.Signer) || !IsText(csr.Requester))
        {
            return Invalid($"signer, requester: 1 to {TextCharsMax} printable ASCII characters.");
        }

        return CheckRule(command);
    }

    private static Refusal? CheckRule(DecideCsr command)
    {
        if (command.Rule is null)
        {
            return command.Actor.Role == ActorRole.Operator ? null : Invalid("rule: an operator decides without.");
        }

        if (!NameRules.IsToken(command.Rule, 64))
        {
            return Invalid("rule: 1 to 64 letters, digits and . _ : -");
        }

        return command.Approve && command.Csr.Token is null == command.Csr.RenewedFrom is null
            ? Invalid("rule: it needs either a token or the certificate that is renewed.")
            : null;
    }

    public static bool IsText(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return text.Length is > 0 and <= TextCharsMax;
    }

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, detail);
}
