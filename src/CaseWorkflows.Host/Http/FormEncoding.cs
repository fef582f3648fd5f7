using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// Looks through a form of the type application/x-www-form-urlencoded before it is decoded. The library's reader takes what cannot be decoded
/// as it stands, so that a text would be stored that nobody wrote.
/// </summary>
internal static class FormEncoding
{
    private const int LongestShown = 60;

    /// <summary>Leaves the body to be read anew.</summary>
    /// <exception cref="FormRefusedException">A name or a value is ill encoded.</exception>
    public static async Task DemandAsync(HttpRequest request, CancellationToken ct)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);   // the server's limit of a body holds
        body.Position = 0;
        var form = body.GetBuffer().AsMemory(0, (int)body.Length);
        Demand(form.Span);
        body.SetLength(WithPlainNulls(form.Span));
        request.Body = body;
    }

    /// <summary>
    /// The library's reader gives up at %00. It goes on as the byte itself, which the reader takes, and is refused where its field is checked.
    /// </summary>
    /// <returns>The length that is left.</returns>
    private static int WithPlainNulls(Span<byte> form)
    {
        var length = 0;
        for (var i = 0; i < form.Length; i++, length++)
        {
            var isNull = form[i..].StartsWith("%00"u8);
            form[length] = isNull ? (byte)0 : form[i];
            if (isNull) i += 2;
        }

        return length;
    }

    private static void Demand(ReadOnlySpan<byte> form)
    {
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            var end = pair.IndexOf((byte)'=');
            var name = end < 0 ? pair : pair[..end];
            if (Fault(name) is { } bad) throw new FormRefusedException($"Ett fältnamn, {Shown(name)}, {bad}");
            if (end >= 0 && Fault(pair[(end + 1)..]) is { } fault) throw new FormRefusedException($"Fältet {Shown(name)} {fault}");
        }
    }

    private static string? Fault(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text) && !text.Contains((byte)'%')) return null;
        var plain = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var length = 0;
            for (var i = 0; i < text.Length; i++, length++)
            {
                plain[length] = text[i];
                if (text[i] != '%') continue;
                if (i + 2 >= text.Length || !IsHex(text[i + 1]) || !IsHex(text[i + 2])) return "är felkodat: ett procenttecken utan två hexadecimala siffror efter.";
                plain[length] = Convert.ToByte(Encoding.ASCII.GetString(text.Slice(i + 1, 2)), 16);
                i += 2;
            }

            return Utf8.IsValid(plain.AsSpan(0, length)) ? null : "är felkodat: tecknen är inte UTF-8.";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    private static string Shown(ReadOnlySpan<byte> name) =>
        $"”{SoundText.Of(Encoding.UTF8.GetString(name[..Math.Min(name.Length, LongestShown)]))}”";
}
