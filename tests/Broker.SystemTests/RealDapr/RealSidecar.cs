using Xunit;

namespace Broker.SystemTests.RealDapr;

/// <summary>A daprd that somebody runs beside the tests.</summary>
internal static class RealSidecar
{
    /// <summary>Its gRPC port; null when there is none.</summary>
    public static Uri? Endpoint { get; } =
        Environment.GetEnvironmentVariable("BROKER_TEST_DAPR_GRPC") is { Length: > 0 } text ? new Uri(text) : null;

    /// <summary>The component to use.</summary>
    public static string StateStore { get; } =
        Environment.GetEnvironmentVariable("BROKER_TEST_DAPR_STORE") is { Length: > 0 } text ? text : "journal";

    /// <summary>Skips, also under CI: no registry here serves daprd, so nobody can be asked to install it.</summary>
    public static void Require() => Assert.SkipUnless(
        Endpoint is not null, "BROKER_TEST_DAPR_GRPC names no sidecar, such as http://127.0.0.1:50001");
}
