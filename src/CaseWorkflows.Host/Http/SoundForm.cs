using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// A request's form with sound names, values and file names. The one reader of forms: one that is ill made, of another type or too large is
/// the sender's fault (<see cref="FormRefusedException"/>), and no body at all is an empty form.
/// </summary>
internal sealed class SoundForm(HttpRequest request, FormOptions options) : IFormFeature
{
    private const int Mega = 1024 * 1024;
    private const int LongestShown = 60;

    // Lengths are looked at here: the library's reader does not for all kinds of forms, and names no field.
    private readonly FormFeature _sent = new(request, new FormOptions
    {
        ValueCountLimit = options.ValueCountLimit, KeyLengthLimit = int.MaxValue, ValueLengthLimit = int.MaxValue,
        MultipartBodyLengthLimit = options.MultipartBodyLengthLimit, MultipartBoundaryLengthLimit = options.MultipartBoundaryLengthLimit,
        MemoryBufferThreshold = options.MemoryBufferThreshold,
    });
    private IFormCollection? _form;

    public bool HasFormContentType => _sent.HasFormContentType;

    public IFormCollection? Form
    {
        get => _form;
        set => _form = value;
    }

    public IFormCollection ReadForm() => ReadFormAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <exception cref="FormRefusedException">It cannot be read, or holds too much.</exception>
    public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken)
    {
        if (_form is not null) return _form;
        if (!HasFormContentType) return _form = await EmptyAsync(cancellationToken);
        try
        {
            if (IsMultipart(request)) DemandBoundary();
            else await FormEncoding.DemandAsync(request, cancellationToken);
            var sent = await _sent.ReadFormAsync(cancellationToken);
            DemandLengths(sent);
            var files = new FormFileCollection();
            files.AddRange(sent.Files.Select(Named));
            return _form = new FormCollection(SoundRequests.Sound(sent, SoundText.KeepingNull), files);
        }
        catch (InvalidDataException error) when (error.Message.Contains("limit", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormRefusedException(
                $"Formuläret innehåller för mycket: högst {options.ValueCountLimit} fält, och få rader före varje.", StatusCodes.Status413PayloadTooLarge, error);
        }
        catch (NotSupportedException error)
        {
            throw new FormRefusedException("Formulärets teckenkodning stöds inte. Ett formulär skickas i UTF-8.", inner: error);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or (IOException and not BadHttpRequestException))
        {
            throw new FormRefusedException("Formuläret är inte helt: en av dess delar saknas eller är fel avgränsad.", inner: error);
        }
    }

    private static bool IsMultipart(HttpRequest request) => request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A page's button may send nothing; anything else than a form is not guessed at.</summary>
    private async Task<IFormCollection> EmptyAsync(CancellationToken ct)
    {
        if (request.ContentLength is not 0 && await request.Body.ReadAsync(new byte[1], ct) > 0)
            throw new FormRefusedException(
                $"Innehållet är av fel typ ({request.ContentType ?? "ingen angiven"}). Ett formulär skickas som application/x-www-form-urlencoded eller multipart/form-data.");
        return FormCollection.Empty;
    }

    private void DemandBoundary()
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : "";
        if (boundary.Length == 0) throw new FormRefusedException("Formulärets delar har ingen avgränsare: boundary saknas i Content-Type.");
        if (boundary.Length > options.MultipartBoundaryLengthLimit)
            throw new FormRefusedException($"Formulärets avgränsare (boundary i Content-Type) är för lång: högst {options.MultipartBoundaryLengthLimit} tecken.");
    }

    private void DemandLengths(IFormCollection form)
    {
        foreach (var (name, values) in form)
        {
            if (name.Length > options.KeyLengthLimit)
                throw new FormRefusedException($"Fältnamnet ”{name[..LongestShown]}…” är för långt: högst {options.KeyLengthLimit} tecken.", StatusCodes.Status413PayloadTooLarge);
            if (values.Any(v => v?.Length > options.ValueLengthLimit))
                throw new FormRefusedException($"Fältet ”{name}” är för stort: högst {options.ValueLengthLimit / Mega} miljoner tecken.", StatusCodes.Status413PayloadTooLarge);
        }
    }

    private static IFormFile Named(IFormFile file)
    {
        if (SoundText.IsSound(file.FileName) && SoundText.IsSound(file.Name)) return file;
        return new FormFile(file.OpenReadStream(), 0, file.Length, SoundText.Of(file.Name), SoundText.Of(file.FileName)) { Headers = file.Headers };
    }
}
