# Builds and runs the host. The PostgreSQL programs inside serve only when no connection string is given.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# Node fetches PostgreSQL, Elsa Studio and the layout library (src/CaseWorkflows.Assets).
RUN apt-get update && apt-get install --yes --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig CaseWorkflows.sln ./
COPY src ./src
COPY workflows ./workflows
RUN dotnet publish src/CaseWorkflows.Host --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
# An ordinary user: PostgreSQL does not run as root, and nothing here needs to.
RUN mkdir /data && chown app:app /data
USER app
VOLUME /data
ENV ASPNETCORE_HTTP_PORTS=8080 Data__Directory=/data
EXPOSE 8080
ENTRYPOINT ["dotnet", "CaseWorkflows.Host.dll"]
