using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>Where traces go; metrics are read on the health listener.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>
    /// <c>https://HOST:PORT</c>, or <c>http://</c> to a loopback address; empty for no traces. With <c>http</c> as the
    /// protocol it is the whole address, such as <c>http://127.0.0.1:4318/v1/traces</c>.
    /// </summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary><c>grpc</c>, or <c>http</c> for protobuf over HTTP/1.1.</summary>
    [Required]
    [RegularExpression("^(grpc|http)$")]
    public string OtlpProtocol { get; set; } = "grpc";
}
