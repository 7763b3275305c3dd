using Xunit;

namespace Broker.Tests.Core;

/// <summary>Tests that no other test may run beside.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;
