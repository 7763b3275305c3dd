namespace Broker.Server.Demo;

/// <summary>How the demo is to be played.</summary>
internal sealed record DemoChoices(bool Once, bool Keep, bool Tamper);
