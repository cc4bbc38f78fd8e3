import ArgumentParser
import Foundation

/// `hakoniwa swf`
struct SWFCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swf", abstract: "Export, replay and reset workflows, and let things go wrong.",
    subcommands: [Export.self, Replay.self, ResetRun.self, Faults.self])

  /// Where executions are: shared by the commands that are about some.
  struct Place: ParsableArguments {
    @Option(help: "The domain.")
    var domain: String?

    @Option(help: "The account, twelve digits. (default: 000000000000)")
    var account: String?

    /// The members of a request that name the place.
    func body(_ region: String) -> [String: Any] {
      var body: [String: Any] = ["region": region]
      if let domain { body["domain"] = domain }
      if let account { body["account"] = account }
      return body
    }

    func checkedDomain() throws -> String {
      guard let domain else { throw ValidationError("Say which domain: --domain NAME.") }
      return domain
    }
  }

  /// `hakoniwa swf export`
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the whole history of a run as JSON.",
      discussion: "Without --run the open run of the workflow, or else its latest.")

    @Argument(help: "The workflow id.") var workflowID: String
    @Option(help: "The run id.") var run: String?
    @Option(name: .shortAndLong, help: "The file to write; without one, standard output.") var output: String?
    @OptionGroup var place: Place
    @OptionGroup var address: ServerAddress

    func run() async throws {
      let client = try HelperClient(address)
      var query = ["domain": try place.checkedDomain(), "workflowId": workflowID]
      query["runId"] = run
      query["account"] = place.account
      query["region"] = client.http.configuration.region.rawValue
      let text = query.sorted { $0.key < $1.key }.map { name, value in
        "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
      }
      let page = try await client.get("swf/history?" + text.joined(separator: "&"))
      guard let output else { return print(page.text, terminator: "") }
      try Data(page.text.utf8).write(to: URL(filePath: output))
      let count = (page.object["events"] as? [Any])?.count ?? 0
      print("Wrote \(count) events to \(output).")
    }
  }

  /// `hakoniwa swf reset`
  struct ResetRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset", abstract: "Start a workflow again from the middle of a run.",
      discussion: """
        The new run keeps the first events of the old one: up to the last event of a decider's answer. Activities \
        that are open there are scheduled again, timers begin anew, and the decider is asked to go on. An open run is \
        terminated.
        """)

    @Argument(help: "The workflow id.") var workflowID: String
    @Option(help: "The run id; without one the open run, or else the latest.") var run: String?
    @Option(help: "The last event to keep.") var event: Int
    @OptionGroup var place: Place
    @OptionGroup var address: ServerAddress

    func run() async throws {
      let client = try HelperClient(address)
      var body = place.body(client.http.configuration.region.rawValue)
      body["domain"] = try place.checkedDomain()
      body["workflowId"] = workflowID
      body["runId"] = run
      body["event"] = event
      let page = try await client.post("swf/resets", body)
      print("Run \(page.object["runId"] as? String ?? "") goes on behind event \(event).")
    }
  }
}
