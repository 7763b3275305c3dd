using Broker.Core.Names;

namespace Broker.Identity.Witness;

/// <summary>A serial number with the key of the CA that gave it out: names are not enough to tell CAs apart.</summary>
internal readonly record struct SerialKey(KeyHash Issuer, string Serial);
