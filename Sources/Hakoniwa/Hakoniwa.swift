import ArgumentParser

/// The program: `hakoniwa serve` and what goes with it.
@main
struct Hakoniwa: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hakoniwa",
    abstract: "A local AWS that behaves: permissions decide, queues queue, every answer can be explained.",
    discussion: """
      Every option can also be given as an environment variable: --data as HAKONIWA_DATA, and so on; each option's help
      names its variable. An option on the command line wins.
      """,
    version: "0.1.0",
    subcommands: [
      Serve.self, Env.self, Explain.self, Reset.self, SnapshotCommand.self, ClockCommand.self, EnforcementCommand.self,
      PolicyCommand.self, WhoCan.self, Can.self, OrganizationCommand.self, SeedCommand.self, SWFCommand.self,
      TrailCommand.self,
    ])
}
