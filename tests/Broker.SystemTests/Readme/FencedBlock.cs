namespace Broker.SystemTests.Readme;

/// <summary>A fenced block of Markdown: the heading above it, the word after its fence, its lines.</summary>
internal sealed record FencedBlock(string Section, string Language, string Text);
