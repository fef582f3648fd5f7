using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>The few fields of a form that anybody may send, however ill it is made.</summary>
public static class SmallForm
{
    /// <returns>No field at all for what is no form.</returns>
    /// <exception cref="BadHttpRequestException">It cannot be read.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return FormCollection.Empty;
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, error);
        }
    }
}
