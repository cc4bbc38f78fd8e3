import ArgumentParser
import Foundation
import Policy
import WhatIf

/// `hakoniwa org what-if`
struct WhatIfCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if", abstract: "Say which recorded calls a change of the organization would deny or allow.",
    discussion: """
      Changes are made in the order in which they are written, and only in thought:
        --attach policy.json --to Workloads      a new policy (a file), or one that is there (its name or id)
        --detach FullAWSAccess --from Sandbox
        --move shop-staging --to Sandbox
        --update allowed-regions --with new.json
        --enable RCP, --disable SCP
      Targets are named by id, name, or path (Workloads/Production). Calls come from this server's own history, where \
      all that was evaluated is kept, so the answer is exact; or from CloudTrail logs (--trail-logs), where a call is \
      unknown when the record does not tell a condition key that decides.
      """)

  @Option(help: "A file with a policy, or the name or id of one that is there; with --to.") var attach: [String] = []
  @Option(help: "Where the policy or account before it goes: a root, unit or account.") var to: [String] = []
  @Option(help: "A policy, by name or id; with --from.") var detach: [String] = []
  @Option(help: "Where the policy before it goes away.") var from: [String] = []
  @Option(help: "An account, by id or name; with --to.") var move: [String] = []
  @Option(help: "A policy that gets another text; with --with.") var update: [String] = []
  @Option(help: "The file with the text for the policy before it.") var with: [String] = []
  @Option(help: "A policy type that is enabled: SCP or RCP.") var enable: [String] = []
  @Option(help: "A policy type that is disabled: SCP or RCP.") var disable: [String] = []

  @Option(help: "Only calls since a time (2027-01-01T00:00:00Z), or from so long ago on: 7d, 12h.") var since: String?
  @Option(help: "CloudTrail logs instead: a folder or file (.json.gz, .json), or s3://bucket/prefix in the server.")
  var trailLogs: String?
  @Option(
    help: "With --trail-logs: the organization as aws organizations told it, in a folder; no server is needed then.")
  var organization: String?
  @Option(help: "With s3://: the account whose root user reads the logs. (default: the management account)")
  var logsAccount: String?

  @Flag(help: "End with status 1 if anything would newly be denied.") var failOnBreak = false
  @Option(help: "table or json.") var format = "table"
  @Option(help: "How many kinds of calls the table lists under each heading.") var limit = 40
  @OptionGroup var management: ManagementAccount
  @OptionGroup var address: ServerAddress

  func validate() throws {
    guard format == "table" || format == "json" else { throw ValidationError("A format is table or json.") }
    if organization != nil, trailLogs == nil { throw ValidationError("--organization goes with --trail-logs.") }
  }

  func run() async throws {
    let changes = try ChangeArguments.read(CommandLine.arguments)
    let before =
      if let organization { try OrganizationFiles.model(organization) } else {
        try await WhatIfCommand.telling { try await management.caller(address).organization() }
      }
    let resolved = try ChangeArguments.resolve(changes, in: before)
    let after: OrganizationModel
    do { after = try before.applying(resolved.map(\.change)) } catch { throw Failure(error.description) }
    let words = resolved.map(\.words)
    let report =
      if let trailLogs {
        try await TrailLogs(trailLogs, since: since).replay(before, after, words) {
          try AWSCaller(address, as: .root(of: logsAccount ?? management.given ?? "000000000000"))
        }
      } else {
        try await ask(WhatIfQuestion(before: before, after: after, changes: words, since: since))
      }
    try show(report)
    if failOnBreak, report.hasBreaks { throw ExitCode(1) }
  }

  /// Asks the server, which has the history.
  private func ask(_ question: WhatIfQuestion) async throws -> WhatIfReport {
    var report: WhatIfReport?
    let bar = ProgressBar()
    let body = try JSONEncoder().encode(question)
    defer { bar.clear() }
    try await HelperClient(address).lines("org/what-if", posting: body) { line in
      guard let answer = try? JSONDecoder().decode(WhatIfLine.self, from: line) else { return }
      report = answer.report ?? report
      if let done = answer.done, let total = answer.total { bar.show(done, of: total, "calls") }
    }
    guard let report else { throw Failure("The server ended in the middle of its answer.") }
    return report
  }

  private func show(_ report: WhatIfReport) throws {
    if format == "json" {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(report), as: UTF8.self))
    } else {
      print(report.table(limit: limit))
      FileHandle.standardError.write(Data((report.speedLine + "\n").utf8))
    }
  }

  /// AWS's refusals in words for the person who typed the command.
  static func telling<Result>(_ body: () async throws -> Result) async throws -> Result {
    do { return try await body() } catch let refusal as AWSCaller.Refusal {
      if refusal.code == "AWSOrganizationsNotInUseException" {
        throw Failure(
          "This account has no organization. Name the management account with --account, "
            + "or make one: hakoniwa seed enterprise"
        )
      }
      throw Failure("AWS refused: \(refusal)")
    }
  }
}

/// A line that tells how far something is; only on a terminal.
final class ProgressBar {
  private let isShown = isatty(2) == 1
  private var last = Date.distantPast

  func show(_ done: Int, of total: Int, _ things: String) {
    guard isShown, Date().timeIntervalSince(last) > 0.05 else { return }
    last = Date()
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
    let width = 32
    let filled = Int(share * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    write("\r\(bar) \(Int(share * 100)) %  \(done) of \(total) \(things)\u{1B}[K")
  }

  func clear() { if isShown { write("\r\u{1B}[K") } }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
