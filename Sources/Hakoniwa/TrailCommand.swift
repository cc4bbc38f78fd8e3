import ArgumentParser

/// `hakoniwa trail`
struct TrailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trail", abstract: "CloudTrail's trails.", subcommands: [Flush.self])

  struct Flush: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "flush",
      abstract: "Deliver now what trails have recorded, and try again what could not be delivered.")

    @OptionGroup var address: ServerAddress

    func run() async throws {
      _ = try await HelperClient(address).post("trail/flush", [:])
      print("Delivered.")
    }
  }
}
