using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Cases.Errors;

/// <summary>A form that cannot be read as one, or that holds too much: 400 or 413. The message is Swedish and names what is wrong.</summary>
public sealed class FormRefusedException(string message, int status = StatusCodes.Status400BadRequest, Exception? inner = null)
    : BadHttpRequestException(message, status, inner!);
