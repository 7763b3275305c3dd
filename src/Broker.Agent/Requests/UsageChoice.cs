namespace Broker.Agent.Requests;

/// <summary>Which key usages a request asks for.</summary>
internal enum UsageChoice
{
    /// <summary>As the API server's version wants them.</summary>
    Auto,

    /// <summary>Digital signature and client auth, as kubelets from 1.27 on ask for EC keys.</summary>
    Modern,

    /// <summary>Key encipherment too: before 1.27 nobody approves a request without it by rule.</summary>
    Legacy,
}
