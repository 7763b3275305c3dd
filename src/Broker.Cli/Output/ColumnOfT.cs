namespace Broker.Cli.Output;

/// <summary>A column of a table for people.</summary>
/// <typeparam name="T">What a row is about.</typeparam>
/// <param name="Title">Its head, in upper case.</param>
/// <param name="Text">The cell of a row.</param>
/// <param name="Weight">
/// Columns of the largest weight are left out first when a terminal is too narrow; 0 always stays.
/// </param>
/// <param name="IsNumber">Whether it stands at the right.</param>
internal sealed record Column<T>(string Title, Func<T, string> Text, int Weight = 0, bool IsNumber = false);
