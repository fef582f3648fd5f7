using CaseWorkflows.Engine.Text;
using Microsoft.AspNetCore.Http.Features;

namespace CaseWorkflows.Host.Http;

/// <summary>A request's form with sound names, values and file names; one that cannot be read is the sender's fault.</summary>
internal sealed class SoundForm(HttpRequest request, FormOptions options) : IFormFeature
{
    private readonly FormFeature _sent = new(request, options);
    private IFormCollection? _form;

    public bool HasFormContentType => _sent.HasFormContentType;

    public IFormCollection? Form
    {
        get => _form;
        set => _form = value;
    }

    public IFormCollection ReadForm() => ReadFormAsync(CancellationToken.None).GetAwaiter().GetResult();

    public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken)
    {
        if (_form is not null) return _form;
        try
        {
            var sent = await _sent.ReadFormAsync(cancellationToken);
            var files = new FormFileCollection();
            files.AddRange(sent.Files.Select(Named));
            return _form = new FormCollection(SoundRequests.Sound(sent, SoundText.KeepingNull), files);
        }
        catch (InvalidDataException error)
        {
            throw new BadHttpRequestException("Formuläret går inte att läsa, eller är för stort.", StatusCodes.Status400BadRequest, error);
        }
    }

    private static IFormFile Named(IFormFile file)
    {
        if (SoundText.IsSound(file.FileName) && SoundText.IsSound(file.Name)) return file;
        return new FormFile(file.OpenReadStream(), 0, file.Length, SoundText.Of(file.Name), SoundText.Of(file.FileName)) { Headers = file.Headers };
    }
}
