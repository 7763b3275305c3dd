using Broker.Cni.Errors;
using Broker.Cni.Files;

namespace Broker.Cni.Configuration;

/// <summary>A file in the form of resolv.conf(5), read as host-local reads it.</summary>
internal static class ResolvConf
{
    private const int BytesMax = 64 * 1024;
    private static readonly char[] blanks = [' ', '\t'];

    /// <exception cref="CniException">It cannot be read; code 5.</exception>
    public static DnsConfig Read(string path) =>
        Parse(System.Text.Encoding.UTF8.GetString(BoundedFile.Read(path, "ipam.resolvConf", BytesMax)));

    public static DnsConfig Parse(string text)
    {
        string? domain = null;
        List<string> nameservers = [], search = [], options = [];
        foreach (var line in text.Split('\n'))
        {
            var words = line.Trim().Split(blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2)
            {
                continue;
            }

            switch (words[0])
            {
                case "nameserver":
                    nameservers.Add(words[1]);
                    break;
                case "domain":
                    domain = words[1];
                    break;
                case "search":
                    search.AddRange(words.AsSpan(1));
                    break;
                case "options":
                    options.AddRange(words.AsSpan(1));
                    break;
                default:
                    break;
            }
        }

        return new DnsConfig(nameservers, domain, search, options);
    }
}
