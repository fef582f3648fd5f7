using CaseWorkflows.Cases.Errors;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Checks user names and passwords.</summary>
public interface IUserDirectory
{
    /// <summary>Begins a session for the right password.</summary>
    /// <param name="address">Where the attempt comes from (<see cref="ClientAddress"/>).</param>
    /// <returns>Null for an unknown user, a wrong password and a locked account alike, after the same work: the caller must not tell them apart.</returns>
    /// <exception cref="TooManyAttemptsException">Too many wrong passwords from the address, or too many wait.</exception>
    Task<SignInResult?> VerifyAsync(string userName, string password, string address, CancellationToken ct);

    /// <summary>The user object of somebody signed in; null when the person is gone.</summary>
    Task<SignedInUser?> FindAsync(string personId, CancellationToken ct);
}
