import ArgumentParser
import Foundation

extension SWFCommand {
  /// `hakoniwa swf replay`
  struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay", abstract: "Feed a history to a running decider and say where it decides otherwise.",
      discussion: """
        Start the decider so that it polls the scratch list. It gets each decision task of the history with the \
        events that were there at the time; what it answers is compared with what was recorded and changes nothing. \
        Ends with 0 if every decision is the same, with 1 if one differs, with 2 if the decider stops answering.
        """)

    @Argument(help: "A file of hakoniwa swf export, or of aws swf get-workflow-execution-history.") var file: String
    @Option(help: "The task list that the decider polls.") var taskList: String
    @Option(help: "For how many seconds to wait for the decider's next answer.") var patience: Double = 60
    @Flag(help: "The result as JSON.") var json = false
    @OptionGroup var place: Place
    @OptionGroup var address: ServerAddress

    func run() async throws {
      let client = try HelperClient(address)
      let history: Any
      do {
        history = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file)))
      } catch {
        throw Failure("\(file) cannot be read as JSON: \(error.localizedDescription)")
      }
      var body = place.body(client.http.configuration.region.rawValue)
      body["taskList"] = taskList
      body["history"] = history
      let begun = try await client.post("swf/replays", body)
      guard let id = begun.object["id"] as? String else { throw Failure("The server gave no session.") }
      if !json {
        let domain = begun.object["domain"] as? String ?? ""
        print("Waiting for a decider on task list \(taskList) of domain \(domain).")
      }
      let end = try await follow(id, client)
      _ = try? await client.post("swf/replays/\(id)/end", [:])
      let differences = end.object["differences"] as? [[String: Any]] ?? []
      if json { print(end.text, terminator: "") } else { report(end.object, differences) }
      if end.object["state"] as? String != "finished" { throw ExitCode(2) }
      if !differences.isEmpty { throw ExitCode(1) }
    }

    /// Asks how it goes until it is finished, or no answer has come for long.
    private func follow(_ id: String, _ client: HelperClient) async throws -> HelperClient.Page {
      var answered = 0
      var latest = ContinuousClock.now
      while true {
        let page = try await client.get("swf/replays/\(id)")
        if page.object["state"] as? String == "finished" { return page }
        let count = page.object["answered"] as? Int ?? 0
        if count != answered { (answered, latest) = (count, .now) }
        if ContinuousClock.now - latest > .seconds(patience) { return page }
        try await Task.sleep(for: .milliseconds(100))
      }
    }

    private func report(_ page: [String: Any], _ differences: [[String: Any]]) {
      let tasks = page["tasks"] as? Int ?? 0
      let answered = page["answered"] as? Int ?? 0
      for difference in differences {
        let completed = difference["decisionTaskCompletedEventId"] as? Int ?? 0
        let position = difference["position"] as? Int ?? 0
        print("Decision task of event \(completed), decision \(position): \(difference["text"] as? String ?? "")")
        print("  recorded: \(Replay.text(difference["recorded"]))")
        print("  decided:  \(Replay.text(difference["answered"]))")
      }
      if answered < tasks {
        print("The decider answered \(answered) of \(tasks) decision tasks, then none for \(Int(patience)) seconds.")
      } else if differences.isEmpty {
        print("The decider decides as recorded: \(tasks) decision task\(tasks == 1 ? "" : "s"), no difference.")
      } else {
        print("The decider decides otherwise: \(differences.count) difference\(differences.count == 1 ? "" : "s").")
      }
    }

    private static func text(_ value: Any?) -> String {
      guard let value, !(value is NSNull) else { return "nothing" }
      let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]
      guard let data = try? JSONSerialization.data(withJSONObject: value, options: options) else { return "\(value)" }
      return String(decoding: data, as: UTF8.self)
    }
  }
}
