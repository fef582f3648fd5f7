namespace CaseWorkflows.Host.Http;

/// <summary>413, with the limit that holds here in bytes.</summary>
internal sealed class BodyTooLargeException(long limit) : BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge)
{
    public long Limit { get; } = limit;
}
