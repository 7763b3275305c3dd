namespace Broker.Server.Api.OpenApi;

/// <summary>What a query parameter is read as.</summary>
internal enum QueryKind
{
    Text = 0,
    Number = 1,

    /// <summary><c>true</c> or <c>false</c>; left out, it is false.</summary>
    Flag = 2,
}
