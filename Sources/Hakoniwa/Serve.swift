import ArgumentParser
import Cloud
import Foundation
import Identity
import Logging
import SWF
import Server

/// `hakoniwa serve`
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Start the cloud.",
    discussion: "Prints the endpoint and the lines to paste into a shell. Ctrl-C ends it; what was acknowledged stays.")

  @OptionGroup var address: ServerAddress

  @Option(name: .customLong("data"), help: "The folder that keeps everything. (HAKONIWA_DATA; default: .hakoniwa)")
  var dataFolder: String?

  @Flag(help: "Keep nothing. (HAKONIWA_EPHEMERAL)")
  var ephemeral = false

  @Option(
    help: """
      What an acknowledged write survives: process (kill -9) or power (each batch is forced to the disk). \
      (HAKONIWA_DURABILITY; default: process)
      """)
  var durability: String?

  @Option(help: "A certificate (PEM file) for TLS. (HAKONIWA_TLS_CERTIFICATE)")
  var tlsCertificate: String?

  @Option(help: "The certificate's private key (PEM file). (HAKONIWA_TLS_KEY)")
  var tlsKey: String?

  @Option(help: "trace, debug, info, notice, warning, error or critical. (HAKONIWA_LOG_LEVEL; default: notice)")
  var logLevel: String?

  @Option(
    help: """
      Whether permissions count: enforce, audit (allow, and keep what would have been denied) or off; each account can \
      have its own setting. (HAKONIWA_ENFORCEMENT; default: enforce)
      """)
  var enforcement: String?

  @Flag(
    help: """
      Hold to the limits by which AWS protects itself: SWF's rates (ThrottlingException) and its quotas of domains, types \
      and open executions, Organizations' ten accounts, and CloudTrail's two look-ups a second. (HAKONIWA_AWS_LIMITS)
      """)
  var awsLimits = false

  @Option(
    help: """
      What SWF's polls without a task say of taskToken: omit it, as AWS does, or that it is empty, as AWS's documentation \
      says and some clients expect: omit or empty. (HAKONIWA_SWF_EMPTY_POLL_TOKEN; default: omit)
      """)
  var swfEmptyPollToken: String?

  @Option(
    help: "How much the journal of all calls keeps, in MiB; 0 keeps none. (HAKONIWA_JOURNAL; default: 1024)")
  var journal: Int?

  @Option(
    help: """
      Seconds between two deliveries of CloudTrail's trails; in AWS it is about 300. (HAKONIWA_TRAIL_INTERVAL; default: 5)
      """)
  var trailInterval: Double?

  @Option(help: "Make ids repeatable, for tests. (HAKONIWA_SEED)")
  var seed: UInt64?

  func run() async throws {
    let configuration = try self.settings()
    let level = try self.level()
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
    do {
      let server = try await Server(configuration, logger: Logger(label: "hakoniwa"))
      try await server.run { port in Serve.welcome(configuration, port) }
    } catch {
      FileHandle.standardError.write(Data("hakoniwa: \(error)\n".utf8))
      throw ExitCode.failure
    }
  }

  private func settings() throws -> ServerConfiguration {
    var configuration = ServerConfiguration()
    try address.fill(&configuration)
    configuration.dataFolder = dataFolder ?? Environment.text("DATA") ?? configuration.dataFolder
    configuration.isEphemeral = try ephemeral || Environment.flag("EPHEMERAL")
    configuration.hasAWSLimits = try awsLimits || Environment.flag("AWS_LIMITS")
    configuration.seed = try seed ?? Environment.value("SEED", UInt64.self)
    if let size = try journal ?? Environment.value("JOURNAL", Int.self) {
      guard (0...(1 << 20)).contains(size) else { throw ValidationError("The journal keeps 0 to 1048576 MiB.") }
      configuration.journalBytes = size << 20
    }
    if let seconds = try trailInterval ?? Environment.value("TRAIL_INTERVAL", Double.self) {
      guard seconds > 0, seconds <= 86_400 else { throw ValidationError("A trail's interval is up to 86400 seconds.") }
      configuration.trailSeconds = seconds
    }
    if let name = durability ?? Environment.text("DURABILITY") {
      guard let value = Store.Durability(rawValue: name) else {
        throw ValidationError("Durability is process or power.")
      }
      configuration.durability = value
    }
    if let name = swfEmptyPollToken ?? Environment.text("SWF_EMPTY_POLL_TOKEN") {
      guard let value = EmptyPollToken(rawValue: name) else {
        throw ValidationError("The token of an empty poll is omit or empty.")
      }
      configuration.emptyPollToken = value
    }
    if let name = enforcement ?? Environment.text("ENFORCEMENT") {
      guard let value = Enforcement(rawValue: name) else {
        throw ValidationError("Enforcement is enforce, audit or off.")
      }
      configuration.enforcement = value
    }
    switch (tlsCertificate ?? Environment.text("TLS_CERTIFICATE"), tlsKey ?? Environment.text("TLS_KEY")) {
    case (nil, nil): break
    case (let certificate?, let key?): configuration.tls = .files(certificate: certificate, key: key)
    default: throw ValidationError("--tls-certificate and --tls-key go together.")
    }
    return configuration
  }

  private func level() throws -> Logger.Level {
    guard let name = logLevel ?? Environment.text("LOG_LEVEL") else { return .notice }
    guard let level = Logger.Level(rawValue: name) else {
      throw ValidationError("A log level is trace, debug, info, notice, warning, error or critical.")
    }
    return level
  }

  private static func welcome(_ configuration: ServerConfiguration, _ port: Int) {
    var text = "Hakoniwa is ready at \(configuration.endpoint(port: port))\n"
    text += configuration.isEphemeral ? "Nothing is kept.\n" : "Everything is kept in \(configuration.dataFolder)\n"
    if !configuration.isLoopback {
      text += "Anyone who can reach this machine can reach this server: it listens on \(configuration.host).\n"
    }
    text += "\n" + Env.lines(endpoint: configuration.endpoint(port: port), region: configuration.region.rawValue) + "\n"
    FileHandle.standardOutput.write(Data(text.utf8))
  }
}

/// `hakoniwa env`
struct Env: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "env", abstract: "Print the lines that point AWS tools at the server.")

  @OptionGroup var address: ServerAddress

  func run() throws {
    var configuration = ServerConfiguration()
    try address.fill(&configuration)
    print(Env.lines(endpoint: configuration.endpoint(port: configuration.port), region: configuration.region.rawValue))
  }

  /// The lines for a shell: endpoint, credentials, Region.
  static func lines(endpoint: String, region: String) -> String {
    """
    export AWS_ENDPOINT_URL=\(endpoint)
    export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
    export AWS_DEFAULT_REGION=\(region)
    """
  }
}
